//! One representation as bytes: whatever a request says of encodings and tags, the answer is one of the forms there are.

use axum::http::{HeaderValue, StatusCode};
use proptest::prelude::*;
use server::snapshot::document::{Document, Effort, Kind, accepts};

fn page(text: &str) -> Document {
    Document::new(Kind::Html, StatusCode::OK, text.as_bytes().to_vec(), Effort::Fast)
}

fn long(word: &str) -> String {
    format!("<!DOCTYPE html><title>x</title>{}", word.repeat(200))
}

proptest! {
    #[test]
    fn any_accept_encoding_gets_a_form_it_did_not_refuse(header in "[a-z*;=0-9., q]{0,60}") {
        let document = page(&long("up and running "));
        let value = HeaderValue::from_str(&header).unwrap();
        let form = document.form(Some(&value));
        match form.headers.get("content-encoding").map(|coding| coding.to_str().unwrap().to_owned()) {
            Some(coding) => prop_assert!(accepts(&header, &coding)),
            None => prop_assert!(!accepts(&header, "br") && !accepts(&header, "gzip")),
        }
    }

    #[test]
    fn tags_are_equal_exactly_when_bytes_are(a in "[ab]{1,4}", b in "[ab]{1,4}") {
        let (one, other) = (page(&long(&a)), page(&long(&b)));
        for (x, y) in [(&one.identity, &other.identity), (one.gzip.as_ref().unwrap(), other.gzip.as_ref().unwrap())] {
            prop_assert_eq!(x.etag == y.etag, x.bytes == y.bytes);
        }
    }

    #[test]
    fn any_if_none_match_is_answered_without_harm(header in "[ -~]{0,80}") {
        let document = page(&long("a"));
        let value = HeaderValue::from_str(&header).unwrap();
        let matched = document.matched(&value, &document.identity);
        let tag = document.identity.etag.to_str().unwrap();
        prop_assert!(matched.is_none() || header.trim() == "*" || header.contains(tag));
    }
}

#[test]
fn the_best_copy_stands_for_the_fast_one_it_replaced() {
    let fast = page(&long("all systems are operational, as far as we know "));
    let best = fast.press();
    assert_eq!(fast.identity.etag, best.identity.etag);
    let fast_tag = fast.brotli.as_ref().unwrap().etag.clone();
    assert_eq!(best.matched(&fast_tag, best.brotli.as_ref().unwrap()), Some(fast_tag));
    assert!(best.brotli.as_ref().unwrap().bytes.len() <= fast.brotli.as_ref().unwrap().bytes.len());
}

#[test]
fn what_would_not_be_smaller_is_not_compressed() {
    let tiny = Document::new(Kind::Json, StatusCode::OK, b"{}".to_vec(), Effort::Best);
    assert!(tiny.gzip.is_none() && tiny.brotli.is_none());
}
