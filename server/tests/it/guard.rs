//! Nothing that somebody typed leads into this network (reliability X12 to X17, X21, X50).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ipnet::IpNet;
use proptest::prelude::*;
use server::channels::guard::address::public_address;
use server::channels::guard::{ConnectError, Connector, Resolve, Target, TargetError};
use tokio::net::TcpListener;
use tokio::time::Instant;

/// Networks that are nobody's on the internet, written down a second time: from the registries of IANA, as prefixes.
const NOT_PUBLIC: &[&str] = &[
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/3",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "4000::/2",
    "8000::/1",
];

fn in_the_table(address: IpAddr) -> bool {
    NOT_PUBLIC.iter().any(|network| network.parse::<IpNet>().unwrap().contains(&address))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn any_ipv4_address_is_judged_as_the_registries_say(bits: u32) {
        let address = IpAddr::V4(Ipv4Addr::from_bits(bits));
        prop_assert_eq!(public_address(address).is_err(), in_the_table(address), "{}", address);
    }

    #[test]
    fn any_ipv6_address_is_judged_as_the_registries_say(bits: u128, network in 0..NOT_PUBLIC.len() + 4) {
        // Most random addresses are in unassigned space: half of them are moved into a network of the table, or into 2000::/3.
        let base = match NOT_PUBLIC.get(network).map(|text| text.parse::<IpNet>().unwrap()) {
            Some(IpNet::V6(net)) => net.addr().to_bits() | (bits & net.hostmask().to_bits()),
            _ => (bits >> 3) | (1 << 125),
        };
        let address = IpAddr::V6(Ipv6Addr::from_bits(base));
        prop_assert_eq!(public_address(address).is_err(), in_the_table(address), "{}", address);
    }
}

#[test]
fn every_border_of_every_network_is_where_the_registries_draw_it() {
    for text in NOT_PUBLIC {
        match text.parse::<IpNet>().unwrap() {
            IpNet::V4(net) => {
                for bits in [
                    net.network().to_bits(),
                    net.broadcast().to_bits(),
                    net.network().to_bits().wrapping_sub(1),
                    net.broadcast().to_bits().wrapping_add(1),
                ] {
                    let address = IpAddr::V4(Ipv4Addr::from_bits(bits));
                    assert_eq!(public_address(address).is_err(), in_the_table(address), "{address}");
                }
            }
            IpNet::V6(net) => {
                for bits in [
                    net.network().to_bits(),
                    net.broadcast().to_bits(),
                    net.network().to_bits().wrapping_sub(1),
                    net.broadcast().to_bits().wrapping_add(1),
                ] {
                    let address = IpAddr::V6(Ipv6Addr::from_bits(bits));
                    assert_eq!(public_address(address).is_err(), in_the_table(address), "{address}");
                }
            }
        }
    }
}

#[test]
fn x12_x13_every_spelling_of_an_internal_address_is_refused() {
    for host in [
        "127.0.0.1",
        "[::1]",
        "0.0.0.0",
        "169.254.169.254",
        "[fd00::1]",
        "[::ffff:169.254.169.254]",
        "100.64.0.1",
        "[2002:7f00:1::]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::a00:1]",
        "0177.0.0.1",
        "0x7f.1",
        "2130706433",
        "127.1",
        "127.0.0.1.",
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "１２７.０.０.１",
        "①②⑦.⓪.⓪.①",
        "[::127.0.0.1]",
        "[fec0::1]",
        "[fe80::1]",
        "[2001::1]",
        "[5f00::1]",
        "[100::1]",
    ] {
        let parsed = Target::parse(&format!("http://{host}/?x=office.com"));
        assert!(parsed.as_ref().is_ok_and(|target| target.allowed(&[]) == Err(TargetError::Private)), "{host}: {parsed:?}");
    }
    let named = |text: &str| Target::parse(text).and_then(|target| target.allowed(&[]).map(|()| target.as_str().to_owned()));
    for (text, wrong) in [
        ("http://example.com:pass@169.254.169.254/", TargetError::Userinfo),
        ("http://user@example.com/", TargetError::Userinfo),
        ("http://[::1%25lo]/", TargetError::Host),
        ("http://example.com\\@169.254.169.254/", TargetError::BadCharacter),
        ("http://exa mple.com/", TargetError::BadCharacter),
        (" http://example.com/", TargetError::BadCharacter),
        ("\thttp://example.com/", TargetError::BadCharacter),
        ("http://example.com/\n", TargetError::BadCharacter),
        ("http://exa\u{0}mple.com/", TargetError::BadCharacter),
        ("http://example.com/\u{2028}", TargetError::BadCharacter),
        ("file:///etc/passwd", TargetError::Scheme),
        ("FiLe:///etc/passwd", TargetError::Scheme),
        ("gopher://example.com/", TargetError::Scheme),
        ("ftp://example.com/", TargetError::Scheme),
        ("data:text/html,hello", TargetError::Scheme),
        ("view-source:http://example.com/", TargetError::Scheme),
        ("example.com", TargetError::Unreadable),
        ("", TargetError::Empty),
        ("http://", TargetError::Host),
        ("http://-example.com/", TargetError::Host),
        ("http://exam..ple.com/", TargetError::Host),
        ("http://ex%20ample.com/", TargetError::Host),
        ("http://ex%2fample.com/", TargetError::Host),
        ("http://example.com:0/", TargetError::Port),
        ("http://example.com:65536/", TargetError::Port),
        ("http://example.com:8a/", TargetError::Port),
    ] {
        assert_eq!(named(text), Err(wrong), "{text:?}");
    }
    assert_eq!(named(&format!("http://example.com/{}", "a".repeat(2_100))), Err(TargetError::TooLong));
    assert_eq!(named(&format!("http://{}.com/", "a".repeat(64))), Err(TargetError::Host));
    assert_eq!(named("HTTPS://Example.COM:443/a?b#c").as_deref(), Ok("https://example.com/a?b"));
    assert_eq!(named("http://8.8.8.8:8080/").as_deref(), Ok("http://8.8.8.8:8080/"));
}

proptest! {
    #[test]
    fn no_text_at_all_passes_as_an_internal_address_or_breaks_the_parser(text in "\\PC{0,60}", scheme in "https?://|") {
        let text = format!("{scheme}{text}");
        if let Ok(target) = Target::parse(&text)
            && let Ok(address) = target.as_str().trim_start_matches("https://").trim_start_matches("http://").split(['/', ':']).next().unwrap().parse::<IpAddr>()
        {
            prop_assert_eq!(target.allowed(&[]).is_ok(), !in_the_table(address));
        }
    }
}

/// A listener that nobody may reach.
async fn internal() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

async fn nobody_came(listener: &TcpListener) {
    // What was to come has come before the connector answered.
    let came = tokio::time::timeout(Duration::from_millis(50), listener.accept()).await;
    assert!(came.is_err(), "somebody connected to {:?}", came.unwrap().map(|(_, peer)| peer));
}

fn resolver(answers: impl Fn(usize) -> Vec<IpAddr> + Send + Sync + 'static) -> Resolve {
    let asked = Arc::new(AtomicUsize::new(0));
    Arc::new(move |_, _| {
        let answer = answers(asked.fetch_add(1, Ordering::SeqCst));
        Box::pin(async move { Ok(answer) })
    })
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(3)
}

#[tokio::test]
async fn x14_a_name_that_resolves_to_an_internal_address_is_never_connected_to() {
    let (listener, port) = internal().await;
    let target = Target::parse(&format!("http://rebinding.example.com:{port}/")).unwrap();
    assert_eq!(target.allowed(&[]), Ok(()), "nothing is wrong with the name");
    for answer in
        [vec![IpAddr::from([127, 0, 0, 1])], vec!["::ffff:127.0.0.1".parse().unwrap()], vec!["::1".parse().unwrap(), [127, 0, 0, 1].into()]]
    {
        let connector = Connector::with_resolver(&[], resolver(move |_| answer.clone()));
        let refused = connector.connect(&target, soon()).await.unwrap_err();
        assert!(matches!(refused, ConnectError::Refused), "{refused:?}");
    }
    nobody_came(&listener).await;
}

#[tokio::test]
async fn x14_the_address_that_was_checked_is_the_one_that_is_connected_to() {
    let (listener, port) = internal().await;
    let (other, _) = internal().await;
    // A first answer that is allowed, and a second one that nobody must ask for.
    let answers = |number: usize| if number == 0 { vec![IpAddr::from([127, 0, 0, 1])] } else { vec![IpAddr::from([127, 0, 0, 2])] };
    let connector = Connector::with_resolver(&["127.0.0.1/32".parse().unwrap()], resolver(answers));
    let target = Target::parse(&format!("http://rebinding.example.com:{port}/")).unwrap();
    let connected = connector.connect(&target, soon()).await.unwrap();
    assert_eq!(connected.stream.peer_addr().unwrap(), listener.local_addr().unwrap());
    assert!(matches!(connector.connect(&target, soon()).await, Err(ConnectError::Refused)), "the second answer is not allowed");
    nobody_came(&other).await;
}

#[tokio::test]
async fn of_several_addresses_only_the_allowed_ones_are_tried() {
    let (listener, port) = internal().await;
    let mixed = vec!["10.0.0.1".parse().unwrap(), "127.0.0.1".parse().unwrap()];
    let connector = Connector::with_resolver(&["127.0.0.0/8".parse().unwrap()], resolver(move |_| mixed.clone()));
    let target = Target::parse(&format!("http://two.example.com:{port}/")).unwrap();
    let begun = Instant::now();
    let connected = connector.connect(&target, soon()).await.unwrap();
    assert_eq!(connected.stream.peer_addr().unwrap(), listener.local_addr().unwrap());
    assert!(begun.elapsed() < Duration::from_secs(1), "the private address was waited for");
}

#[tokio::test]
async fn a_name_without_an_answer_or_with_a_slow_one_is_dns() {
    let target = Target::parse("http://nothing.example.com/").unwrap();
    let none = Connector::with_resolver(&[], resolver(|_| Vec::new()));
    assert!(matches!(none.connect(&target, soon()).await, Err(ConnectError::Dns(_))));
    let hangs: Resolve = Arc::new(|_, _| Box::pin(std::future::pending()));
    let hanging = Connector::with_resolver(&[], hangs);
    let begun = Instant::now();
    assert!(matches!(hanging.connect(&target, begun + Duration::from_millis(100)).await, Err(ConnectError::Dns(_))));
    assert!(begun.elapsed() < Duration::from_secs(2));
}
