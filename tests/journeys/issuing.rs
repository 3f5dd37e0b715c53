//! 下达: a round goes into a folder of its own, is the same on every stick, and says to whom there was news.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use app::issue_round::Order;
use app::screens::hub::issuing::ReceiptFor;
use app::send_back::SentBack;
use app::{Error, HubFault};
use testkit::plan::{NAMES, small};
use testkit::{District, PASSPHRASE, taken};

fn news(district: &District) -> Vec<(String, bool)> {
    let view = district.hub.issuing().unwrap();
    view.offices.into_iter().map(|ReceiptFor { name, news, .. }| (name, news)).collect()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect()
}

fn id_of(district: &District, name: &str) -> String {
    let plan = district.hub.plan().unwrap();
    district.hub.office_named(&plan, name).unwrap().id.to_string()
}

#[test]
fn a_round_carries_the_plan_and_receipts_and_is_the_same_on_every_stick() {
    let mut district = District::with_plan(&small(3), 2);
    let (one, two) = (district.at("one"), district.at("two"));
    for stick in [&one, &two] {
        fs::create_dir(stick).unwrap();
    }
    assert_eq!(news(&district), [(NAMES[0].to_owned(), false), (NAMES[1].to_owned(), false)]);
    assert_eq!(district.hub.issuing().unwrap().not_enrolled, [NAMES[2]]);

    district.report(0, "2024-02", "5", "stick");
    district.receive(&district.at("stick"));
    assert_eq!(news(&district), [(NAMES[0].to_owned(), true), (NAMES[1].to_owned(), false)]);
    district.hub.add_office("新设镇", app::OfficeKind::Town, "", false).unwrap();
    let view = district.hub.issuing().unwrap();
    assert!(view.changed && view.trouble.is_none());
    assert!(
        view.changes.iter().any(|change| change.subject.contains("新设镇") || change.what.contains("新设镇"))
    );

    let empty = district.hub.sign_round(&Order::default(), PASSPHRASE);
    assert!(matches!(empty, Err(Error::BadHub(HubFault::NothingToIssue))));
    let order = Order {
        plan: true,
        receipts: vec![id_of(&district, NAMES[0]), id_of(&district, NAMES[2])],
        fresh: false,
    };
    assert!(matches!(district.hub.sign_round(&order, "wrong passphrase"), Err(Error::WrongPassphrase)));
    assert!(district.hub.rounds().unwrap().is_empty());
    let signed = district.hub.sign_round(&order, PASSPHRASE).unwrap();
    // The third office never enrolled; that keeps nobody else from getting theirs.
    assert!(matches!(&signed.failed[..], [(name, Error::NotEnrolled(_))] if name == NAMES[2]));
    assert_eq!((signed.round.folder.as_str(), signed.round.files.len()), ("下达-2024-03-01", 2));
    assert!(!district.hub.issuing().unwrap().changed);

    // Stopped half way, the round is still there to be written.
    let stopped = district.hub.deliver_round(signed.round.id, &one, &mut |done, _| done < 100);
    assert!(matches!(stopped, Err(Error::Stopped)));
    let mut steps = Vec::new();
    let folder = district
        .hub
        .deliver_round(signed.round.id, &one, &mut |done, total| {
            steps.push((done, total));
            true
        })
        .unwrap();
    assert_eq!(folder, one.join("下达-2024-03-01"));
    assert_eq!(steps.last(), Some(&(200, 200)));
    assert!(steps.windows(2).all(|pair| pair[0].0 <= pair[1].0));
    let again = district.hub.deliver_round(signed.round.id, &two, &mut |_, _| true).unwrap();
    assert_eq!(files(&folder), files(&again));
    assert_eq!(files(&folder).len(), 2);
    assert!(matches!(
        district.hub.deliver_round(99, &two, &mut |_, _| true),
        Err(Error::BadHub(HubFault::NoSuchRound))
    ));
    let view = district.hub.issuing().unwrap();
    assert_eq!(view.rounds[0].summary, "方案第 2 版，回执 1 份");
    assert_eq!(view.rounds[0].files[1].office, NAMES[0]);
    assert!(news(&district).iter().all(|(_, news)| !news));

    // What is on the stick is what the office takes in.
    let received = taken(&mut district.offices[0], &folder);
    assert_eq!(received.len(), 2);
    assert_eq!(district.offices[0].plan().unwrap().version, 2);
}

#[test]
fn there_is_news_whenever_a_receipt_would_say_something_else() {
    let mut district = District::new(1);
    let id = id_of(&district, NAMES[0]);
    let order = Order { plan: false, receipts: vec![id], fresh: false };
    let round = |district: &mut District| district.hub.sign_round(&order, PASSPHRASE).unwrap().round;
    let is_new = |district: &District| news(district)[0].1;
    district.report(0, "2024-02", "5", "stick");
    district.receive(&district.at("stick"));
    assert!(is_new(&district));
    let first = round(&mut district);
    assert!(!is_new(&district));
    // The same once more is the same file, in a round of its own.
    let second = round(&mut district);
    assert_eq!((second.files, second.folder.as_str()), (first.files.clone(), "下达-2024-03-01-2"));
    // Unless somebody waits for a receipt that they have never seen.
    let asked = Order { fresh: true, ..order.clone() };
    let fresh = district.hub.sign_round(&asked, PASSPHRASE).unwrap().round;
    assert_eq!((fresh.files[0].seq, first.files[0].seq), (2, 1));

    let target = small(1).targets[0].id.to_string();
    let cells = [SentBack { target: &target, field: None, reason: "请核对" }];
    district.hub.send_back(NAMES[0], testkit::period("2024-02"), &cells).unwrap();
    assert!(is_new(&district));
    assert!(district.hub.issuing().unwrap().offices[0].says.contains("退回 1 格"));
    let third = round(&mut district);
    assert_ne!(third.files, first.files);
    assert!(!is_new(&district));
    // Another reason for the same cell is news, too.
    let cells = [SentBack { target: &target, field: None, reason: "还是不对" }];
    district.hub.send_back(NAMES[0], testkit::period("2024-02"), &cells).unwrap();
    assert!(is_new(&district));
}

#[test]
fn a_hub_is_called_otherwise_with_the_next_version() {
    let mut district = District::new(1);
    assert!(matches!(district.hub.rename_hub("  "), Err(Error::BadHub(HubFault::Name { .. }))));
    district.hub.rename_hub("区政府督查室").unwrap();
    let dir = district.hub.dir().to_owned();
    district.hub = district.reopen(&dir);
    assert_eq!(district.hub.hub_settings(Default::default()).unwrap().hub, "区政府督查室");
    let issued = district.issue();
    taken(&mut district.offices[0], &issued);
    assert_eq!(district.offices[0].plan().unwrap().hub_name, "区政府督查室");
    assert_eq!(district.offices[0].settings(Default::default()).unwrap().hub, "区政府督查室");
}
