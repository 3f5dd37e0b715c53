//! The application's window, seen and used as a user does: by roles, labels and words, with keys and clicks.

use std::path::Path;
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

use super::desk::{Desk, built};
use super::processes::{Running, cut_off};
use super::{PATIENCE, keys, until};

/// The element's key in what the driver says (W3C WebDriver §11).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// One start of the application; it ends with this value.
pub struct Window<'a> {
    /// Where it stands.
    pub desk: &'a Desk,
    driver: Running,
    runtime: Runtime,
    client: Option<Client>,
}

impl<'a> Window<'a> {
    /// Starts the application through its driver and waits for its page.
    pub fn open(desk: &'a Desk, driver: Running, ports: [u16; 2], program: &Path, words: &[String]) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        // The web view's own driver, and the one before it.
        for port in ports {
            drop(until("the driver listens", || std::net::TcpStream::connect(("127.0.0.1", port)).ok()));
        }
        let wish = json!({ "tauri:options": { "application": program, "args": words } });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wish.as_object().unwrap().clone());
        let address = format!("http://127.0.0.1:{}", ports[1]);
        let connected = runtime.block_on(async { timeout(PATIENCE, builder.connect(&address)).await });
        let client = connected.expect("the application does not start").unwrap();
        let window = Self { desk, driver, runtime, client: Some(client) };
        window.size(1280, 720);
        window.js(include_str!("listen.js"), &[]);
        window
    }

    /// Waits for the driver's answer, which may never come.
    fn wait<T>(&self, answer: impl Future<Output = T>) -> T {
        let answer = self.runtime.block_on(async { timeout(PATIENCE, answer).await });
        answer.expect("the window does not answer")
    }

    fn client(&self) -> &Client {
        self.client.as_ref().unwrap()
    }

    /// Gives the page this size; never less than the window's least, 800×400.
    pub fn size(&self, width: u32, height: u32) {
        self.wait(self.client().set_window_rect(0, 0, width, height)).unwrap();
        until("the window has its size", || {
            (self.js("return [innerWidth, innerHeight]", &[]) == json!([width, height])).then_some(())
        });
    }

    /// Runs the body of a function in the page.
    pub fn js(&self, body: &str, words: &[Value]) -> Value {
        self.wait(self.client().execute(body, words.to_vec())).unwrap()
    }

    /// As [`Self::js`], for a body that calls its last argument when it is done.
    pub fn js_later(&self, body: &str, words: &[Value]) -> Value {
        self.wait(self.client().execute_async(body, words.to_vec())).unwrap()
    }

    /// Looks for what has this role and is called so (roles: find.js).
    pub fn find(&self, role: &str, name: &str) -> Option<Element> {
        let found = self.js(include_str!("find.js"), &[json!(role), json!(name)]);
        let id = found.get(ELEMENT)?.as_str()?.to_owned();
        Some(Element::from_element_id(self.client().clone(), ElementRef::from(id)))
    }

    /// As [`super::until`], but where it fails it says what is on the page.
    pub fn until<T>(&self, what: &str, ask: impl FnMut() -> Option<T>) -> T {
        self.until_within(PATIENCE, what, ask)
    }

    /// As [`Self::until`], for what takes its time.
    pub fn until_within<T>(&self, patience: Duration, what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
        let end = Instant::now() + patience;
        loop {
            if let Some(answer) = ask() {
                return answer;
            }
            assert!(
                Instant::now() < end,
                "waited {patience:?} until {what}; the page says:\n{}",
                self.text()
            );
            std::thread::sleep(Duration::from_millis(25));
        }
    }

    fn the(&self, role: &str, name: &str) -> Element {
        self.until(&format!("there is a {role} “{name}”"), || self.find(role, name))
    }

    /// Clicks what has this role and name, once it is there and can be clicked.
    pub fn click(&self, role: &str, name: &str) {
        self.until(&format!("the {role} “{name}” can be clicked"), || {
            let element = self.find(role, name)?;
            let enabled = self.wait(element.is_enabled()).ok()?;
            let handle = serde_json::to_value(&element).unwrap();
            self.js("arguments[0].scrollIntoView({ block: 'center' })", &[handle]);
            // What is replaced at this very moment is looked for again.
            (enabled && self.wait(element.click()).is_ok()).then_some(())
        });
    }

    /// Says whether what has this role and name can be used.
    pub fn enabled(&self, role: &str, name: &str) -> bool {
        self.wait(self.the(role, name).is_enabled()).unwrap()
    }

    /// Replaces what stands in the box with this label, by typing.
    pub fn fill(&self, label: &str, text: &str) {
        let element = self.the("box", label);
        let script = "arguments[0].scrollIntoView({ block: 'nearest' }); arguments[0].focus(); arguments[0].select?.()";
        self.js(script, &[serde_json::to_value(&element).unwrap()]);
        if text.is_empty() {
            self.press("Delete");
        } else {
            self.type_text(text);
        }
    }

    /// Chooses an option of a list by its words.
    pub fn choose(&self, label: &str, option: &str) {
        self.until(&format!("“{label}” has the option “{option}”"), || {
            // What is replaced at this very moment is looked for again.
            self.wait(self.find("box", label)?.select_by_label(option)).ok()
        });
    }

    /// Goes to another period, such as `2024-04`, in the list of the title line.
    pub fn choose_period(&self, period: &str) {
        self.wait(self.the("box", "报告期").select_by_value(period)).unwrap();
        self.rests();
    }

    /// Waits until this stands in the box with this label.
    pub fn holds(&self, label: &str, text: &str) {
        self.until(&format!("“{label}” holds “{text}”"), || {
            (self.value(label) == text).then_some(())
        });
    }

    /// Returns what stands in the box with this label.
    pub fn value(&self, label: &str) -> String {
        let element = self.the("box", label);
        self.wait(element.prop("value")).unwrap().unwrap_or_default()
    }

    /// Types where the focus is, character by character.
    pub fn type_text(&self, text: &str) {
        let strokes = text.chars().flat_map(|c| [KeyAction::Down { value: c }, KeyAction::Up { value: c }]);
        self.perform(strokes.collect());
    }

    /// Presses keys, one after the other; `Ctrl+V` holds the one while pressing the other.
    pub fn press(&self, chords: &str) {
        self.perform(chords.split(' ').flat_map(keys::strokes).collect());
    }

    /// Presses Tab until what has this role and name has the focus: whoever has no mouse comes there too.
    pub fn tab_to(&self, role: &str, name: &str) {
        let wanted = serde_json::to_value(self.the(role, name)).unwrap();
        let here = || {
            self.js("return document.activeElement === arguments[0]", std::slice::from_ref(&wanted))
                == json!(true)
        };
        // Long lists are one stop each, or it would take more.
        for _ in 0..120 {
            if here() {
                return;
            }
            self.press("Tab");
        }
        panic!("Tab never comes to the {role} “{name}”; the page says:\n{}", self.text());
    }

    /// Returns what the focus is on, in its words.
    pub fn focused(&self) -> String {
        let words = "const at = document.activeElement; return at?.getAttribute('aria-label') || at?.innerText || at?.tagName";
        self.js(words, &[]).as_str().unwrap_or_default().trim().to_owned()
    }

    fn perform(&self, strokes: Vec<KeyAction>) {
        let actions = strokes.into_iter().fold(KeyActions::new("keys".to_owned()), KeyActions::then);
        self.wait(self.client().perform_actions(actions)).unwrap();
    }

    /// Returns the words on the page, as they are shown.
    pub fn text(&self) -> String {
        self.js("return document.body.innerText", &[]).as_str().unwrap_or_default().to_owned()
    }

    /// Waits until these words are on the page; white space is the layout's, not what is said.
    pub fn sees(&self, words: &str) {
        let close = |text: &str| text.split_whitespace().collect::<String>();
        self.until(&format!("“{words}” is on the page"), || {
            close(&self.text()).contains(&close(words)).then_some(())
        });
    }

    /// Returns the title of the screen.
    pub fn title(&self) -> String {
        self.js("return document.querySelector('h1')?.innerText ?? ''", &[])
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Goes to a place of the rail.
    pub fn go(&self, place: &str) {
        self.click("button", place);
        until(&format!("{place} is shown"), || (self.title() == place).then_some(()));
    }

    /// Waits until the page has stopped changing.
    pub fn rests(&self) {
        let mut before = String::new();
        until("the page rests", || {
            let now = self.js("return document.body.outerHTML", &[]).to_string();
            let same = now == before;
            before = now;
            same.then_some(())
        });
    }

    /// Returns what the page threw, what its security policy refused, and dialogs that a script opened.
    pub fn complaints(&self) -> Vec<String> {
        serde_json::from_value(self.js("return window.heard", &[])).unwrap()
    }

    /// Returns the picture of the page, once what was last changed is painted.
    pub fn picture(&self) -> Vec<u8> {
        self.js_later("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))", &[]);
        self.wait(self.client().screenshot()).unwrap()
    }

    /// Returns the application's processes: its own first, then those of the web view.
    pub fn processes(&self) -> Vec<i32> {
        let own = self.own_process();
        let others = self.driver.group().into_iter().filter(|&pid| {
            let name = std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
            name.starts_with("WebKit") && !name.starts_with("WebKitWebDriver")
        });
        std::iter::once(own).chain(others).collect()
    }

    /// Returns the application's own process.
    pub fn own_process(&self) -> i32 {
        self.driver.running(&built())[0]
    }

    /// Ends the application as a power cut would.
    pub fn cut_off(mut self) {
        cut_off(self.own_process());
        // There is no session left to be ended.
        self.client = None;
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() && self.client.is_some() {
            let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
            let picture =
                self.runtime.block_on(async { timeout(PATIENCE, self.client().screenshot()).await });
            if let Ok(Ok(picture)) = picture {
                super::looks::keep(&format!("failed-{name}"), &picture);
            }
        }
        if let Some(client) = self.client.take() {
            // Its processes end with the driver in any case.
            let _ended = self.runtime.block_on(async { timeout(PATIENCE, client.close()).await });
        }
    }
}
