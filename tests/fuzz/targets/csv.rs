//! Any bytes as an entry file: what is taken comes back through the form that we write.
#![no_main]

use std::collections::BTreeMap;

use app::entry_file::{read, write_csv};
use model::returns::Field;
use testkit::plan::{office_id, small};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (plan, month) = (small(3), testkit::period("2024-03"));
    let Ok(file) = read("表.csv", bytes, &plan, month) else { return };
    let mut boxes: BTreeMap<_, _> = file.entries.into_iter().collect();
    for cells in boxes.values_mut() {
        // Evidence is named by digests, which no form holds.
        cells.retain(|field, text| *field != Field::Evidence && !text.is_empty());
    }
    let office = office_id(0);
    let duties = plan.duties_in(month);
    let form = write_csv(&plan, &duties, &office, month, &boxes);
    for (target, mut cells) in read("表.csv", &form, &plan, month).expect("our own form").entries {
        cells.retain(|_, text| !text.is_empty());
        assert_eq!(cells, boxes.remove(&target).unwrap_or_default(), "{target}");
    }
});
