//! Which addresses are the application's own page.

use tauri::Url;

/// The address of Vite's server, which debug builds without the embedded page load from.
#[cfg(dev)]
const DEV: Option<&str> = Some("http://localhost:1420");
#[cfg(not(dev))]
const DEV: Option<&str> = None;

/// Says whether the window may show what lies at this address.
pub fn is_own(url: &Url) -> bool {
    is_page(url, DEV)
}

fn is_page(url: &Url, dev: Option<&str>) -> bool {
    let packed = match url.scheme() {
        // WebKitGTK
        "tauri" => url.host_str() == Some("localhost"),
        // WebView2 knows no schemes of our own
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    let plain = url.port().is_none() && url.username().is_empty() && url.password().is_none();
    (packed && plain) || dev.is_some_and(|dev| url.origin().ascii_serialization() == dev)
}

#[cfg(test)]
mod laws {
    use super::*;

    fn is(address: &str, dev: Option<&str>) -> bool {
        is_page(&address.parse().unwrap(), dev)
    }

    #[test]
    fn only_our_own_page_is_shown() {
        for own in [
            "tauri://localhost",
            "tauri://localhost/index.html#/填报",
            "http://tauri.localhost/",
            "https://tauri.localhost/a",
        ] {
            assert!(is(own, None), "{own}");
        }
        for other in [
            "https://example.com/",
            "http://localhost:1420/",
            "http://localhost/",
            "http://tauri.localhost.example.com/",
            "http://tauri.localhost:8080/",
            "https://tauri.localhost@example.com/",
            "https://a@tauri.localhost/",
            "tauri://elsewhere/",
            "file:///etc/passwd",
            "data:text/html,x",
            "blob:tauri://localhost/1",
            "about:blank",
            "javascript:alert(1)",
        ] {
            assert!(!is(other, None), "{other}");
        }
    }

    #[test]
    fn a_development_build_also_shows_its_server() {
        let dev = Some("http://localhost:1420");
        assert!(is("http://localhost:1420/src/main.ts", dev));
        assert!(is("tauri://localhost/", dev));
        assert!(!is("http://localhost:1421/", dev));
        assert!(!is("https://localhost:1420/", dev));
    }
}
