//! Images: what is taken, and what is refused with which sentence.

use app::words::{PictureKind, PictureUse};
use proptest::prelude::*;
use server::domain::picture::{ICON_BYTES, LOGO_BYTES, Measured, digest, measure};

/// The start of a PNG of this size, which is all that is looked at.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".as_slice(), &width.to_be_bytes(), &height.to_be_bytes(), b"\x08\x06\0\0\0rest"].concat()
}

fn svg(inside: &str) -> Result<Measured, String> {
    let text = format!(
        r#"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 20 10">{inside}</svg>"#
    );
    measure(text.as_bytes(), PictureUse::Logo)
}

#[test]
fn images_are_told_by_their_content_with_their_size() {
    let told = |bytes: &[u8]| measure(bytes, PictureUse::Logo).unwrap();
    assert_eq!(told(&png(300, 60)), Measured { kind: PictureKind::Png, width: 300, height: 60 });
    let jpeg =
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08\0\x20\0\x40\x03\x01\x22\0\x02\x11\x01\x03\x11\x01";
    assert_eq!(told(jpeg), Measured { kind: PictureKind::Jpeg, width: 64, height: 32 });
    let webp = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\x1f\xc0\x03\0\0\0\0\0\0\0\0\0";
    assert_eq!(told(webp), Measured { kind: PictureKind::Webp, width: 32, height: 16 });
    assert_eq!(svg("").unwrap(), Measured { kind: PictureKind::Svg, width: 20, height: 10 });
    let sized = br#"<svg xmlns="http://www.w3.org/2000/svg" width="120px" height="30.4" viewBox="0 0 1 1"/>"#;
    assert_eq!(told(sized), Measured { kind: PictureKind::Svg, width: 120, height: 30 });
}

#[test]
fn what_is_no_image_or_too_large_is_refused_with_what_to_do() {
    let refused = |bytes: &[u8], purpose| measure(bytes, purpose).unwrap_err();
    assert_eq!(refused(b"", PictureUse::Logo), "Choose a file first.");
    for bytes in [b"GIF89a\x01\0\x01\0".as_slice(), b"%PDF-1.7", b"<html><body></body></html>", b"\0\xff\xfe", b"just words"] {
        assert!(refused(bytes, PictureUse::Logo).starts_with("This is no PNG, JPEG, WebP or SVG image."), "{bytes:?}");
    }
    assert!(refused(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", PictureUse::Logo).contains("damaged"));
    assert!(refused(&png(4097, 10), PictureUse::Logo).contains("4097 by 10 pixels"));
    assert!(refused(&png(0, 10), PictureUse::Logo).contains("0 by 10 pixels"));
    let padded = |length| {
        let mut bytes = png(10, 10);
        bytes.resize(length, 0);
        bytes
    };
    assert!(measure(&padded(LOGO_BYTES), PictureUse::Logo).is_ok());
    assert!(refused(&padded(LOGO_BYTES + 1), PictureUse::Logo).contains("at most 256 kB"));
    assert!(refused(&padded(ICON_BYTES + 1), PictureUse::Icon).contains("at most 64 kB"));
}

#[test]
fn drawings_as_programs_export_them_are_taken() {
    for inside in [
        r##"<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs><path fill="url(#a)" d="M0 0h1"/>"##,
        r##"<style>.a{fill:#123;mask:url( "#m" )}</style><g class="a"><use xlink:href="#b"/><use href="#b"/></g>"##,
        r#"<image href="data:image/png;base64,AAAA" width="1" height="1"/>"#,
        r#"<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><text x="1">A &amp; B</text>"#,
        r#"<metadata xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:RDF/></metadata>"#,
        r#"<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" pagecolor="white"/>"#,
    ] {
        assert!(svg(inside).is_ok(), "{inside}: {:?}", svg(inside));
    }
}

#[test]
fn drawings_that_could_do_more_than_be_seen_are_refused() {
    for inside in [
        "<script>alert(1)</script>",
        "<s:script xmlns:s=\"http://www.w3.org/2000/svg\">alert(1)</s:script>",
        "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">alert(1)</h:script>",
        "<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">x</p></foreignObject>",
        "<a href=\"javascript:alert(1)\"><path d=\"M0 0\"/></a>",
        "<set attributeName=\"href\" to=\"javascript:alert(1)\"/>",
        "<animate attributeName=\"href\" values=\"javascript:alert(1)\"/>",
        "<iframe src=\"https://evil.example\"/>",
        "<path d=\"M0 0\" onload=\"alert(1)\"/>",
        "<path d=\"M0 0\" OnClick=\"alert(1)\"/>",
        "<image href=\"https://evil.example/track.png\"/>",
        "<image xlink:href=\"//evil.example/track.png\"/>",
        "<image href=\"data:image/svg+xml,&lt;svg/>\"/>",
        "<use href=\"other.svg#a\"/>",
        "<use href=\" jAvaScript:alert(1)\"/>",
        "<path fill=\"url(https://evil.example/x)\"/>",
        "<path style=\"fill: URL( 'https://evil.example/x')\"/>",
        "<style>@import 'https://evil.example/x.css';</style>",
        "<style><![CDATA[.a{fill:url(//evil.example/x)}]]></style>",
        "<style><g></g>@import url(https://evil.example/x.css);</style>",
        "<style><g/>.a{fill:red}</style>",
        "<style>@im<!-- -->port 'https://evil.example/x.css';</style>",
        "<style>@im<![CDATA[port]]> 'https://evil.example/x.css';</style>",
        "<style>.a{background:image-set('https://evil.example/x' 1x)}</style>",
        "<path style=\"mask: -webkit-Image-Set('https://evil.example/x' 1x)\"/>",
        "<style>.a{fill:src('https://evil.example/x')}</style>",
        "<style>.a{fill:\\75 rl(//evil.example/x)}</style>",
        "<style>.a{fill:&#117;rl(//evil.example/x)}</style>",
        "<path style=\"fill:&#117;rl(//evil.example/x)\"/>",
        "<g xml:base=\"https://evil.example/\"><use href=\"#a\"/></g>",
        "<?xml-stylesheet href=\"https://evil.example/x.css\"?>",
        "<g>",
        "</g>",
        "<path d='M0 0' d='M1 1'/>",
    ] {
        assert!(svg(inside).is_err(), "{inside} is taken");
    }
    for whole in [
        r#"<!DOCTYPE svg [<!ENTITY a "x">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">&a;</svg>"#,
        r#"<svg viewBox="0 0 1 1"/>"#,
        r#"<svg xmlns="http://www.w3.org/2000/svg"/>"#,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%"/>"#,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 -5 NaN"/>"#,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" onload="alert(1)"/>"#,
        r#"<g xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>"#,
    ] {
        assert!(measure(whole.as_bytes(), PictureUse::Logo).is_err(), "{whole} is taken");
    }
}

proptest! {
    /// Whatever is sent, it is taken or refused with a sentence; what is taken has a size.
    #[test]
    fn nothing_that_is_sent_stops_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..300), start in 0..5_usize) {
        let starts: [&[u8]; 5] = [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBPVP8 ", b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">"];
        match measure(&[starts[start], &bytes].concat(), PictureUse::Logo) {
            Ok(measured) => prop_assert!(measured.width > 0 && measured.height > 0),
            Err(sentence) => prop_assert!(sentence.ends_with('.'), "{}", sentence),
        }
    }
}

#[test]
fn contents_are_named_by_their_hash() {
    assert_eq!(digest(b""), "e3b0c44298fc1c14");
}
