//! Properties: any text and any figure make a well-formed document within its bounds, the same for the same input.

use charts::chapters::Chapter;
use charts::completion::{Group, Row};
use charts::heat::{self, Cell, Heat};
use charts::months::Stand;
use charts::ranking::Ranked;
use charts::trend::{Goal, Month, Reading, Scale, Trend};
use charts::{Chart, Lamp, Theme};
use proptest::prelude::*;

use crate::drawn::check_layout;

fn hold(chart: impl Fn(Theme) -> Chart) {
    for theme in [Theme::Light, Theme::Dark] {
        let drawn = chart(theme);
        check_layout(&drawn);
        assert_eq!(drawn, chart(theme));
    }
}

/// Text of every sort: Chinese, markup, emoji, control characters, ten thousand characters.
fn label() -> impl Strategy<Value = String> {
    prop_oneof![
        "[一-龥]{0,40}",
        any::<String>(),
        "[<>&\"'\\]\\[!a-z0-9\u{0}-\u{1f}\u{7f}-\u{9f}\u{fffe}\u{ffff}\u{202e}\u{301}😀👨‍👩‍👧]{0,30}",
        Just("]]>".to_owned()),
        Just("长".repeat(10_000)),
        Just("W".repeat(10_000)),
        Just("e\u{301}\u{301}\u{301}".repeat(4_000)),
    ]
}

fn value() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        -200.0..300.0f64,
        -1e18..1e18f64,
        Just(0.0),
        Just(-0.0),
        Just(f64::NAN),
        Just(f64::MAX)
    ]
}

fn lamp() -> impl Strategy<Value = Option<Lamp>> {
    prop::option::of(prop::sample::select(Lamp::ALL.to_vec()))
}

fn row() -> impl Strategy<Value = Row> {
    (label(), prop::option::of(value()), prop::option::of(value()), lamp(), label(), label()).prop_map(
        |(name, completion, expected, lamp, figure, verdict)| Row {
            name,
            completion,
            expected,
            lamp,
            figure,
            verdict,
        },
    )
}

fn group() -> impl Strategy<Value = Group> {
    (label(), prop::collection::vec(row(), 0..4)).prop_map(|(heading, rows)| Group { heading, rows })
}

fn chapter() -> impl Strategy<Value = Chapter> {
    let count = || prop_oneof![0..20u32, any::<u32>()];
    (label(), count(), count(), count(), count(), count())
        .prop_map(|(name, done, green, yellow, red, grey)| Chapter { name, done, green, yellow, red, grey })
}

fn month() -> impl Strategy<Value = Month> {
    let reading = (value(), label(), any::<bool>()).prop_map(|(value, label, carried)| Reading {
        value,
        label,
        carried,
    });
    (label(), prop::option::of(reading), prop::option::of(value()))
        .prop_map(|(label, actual, expected)| Month { label, actual, expected })
}

fn trend() -> impl Strategy<Value = Trend> {
    let scale = prop_oneof![
        label().prop_map(|unit| Scale::Amount { unit }),
        Just(Scale::Percent),
        prop::collection::vec(label(), 0..14).prop_map(Scale::Stages),
    ];
    let goal = (value(), label()).prop_map(|(value, label)| Goal { value, label });
    (scale, prop::collection::vec(month(), 0..26), prop::option::of(goal))
        .prop_map(|(scale, months, goal)| Trend { scale, months, goal })
}

fn lamps() -> impl Strategy<Value = [u32; 5]> {
    prop::array::uniform5(prop_oneof![0..20u32, any::<u32>()])
}

fn ranked() -> impl Strategy<Value = Ranked> {
    (label(), label(), lamps(), label(), label()).prop_map(|(place, name, lamps, figure, share)| Ranked {
        place,
        name,
        lamps,
        figure,
        share,
    })
}

fn stand() -> impl Strategy<Value = Stand> {
    (label(), any::<u32>(), any::<u32>(), lamps()).prop_map(|(label, reported, owed, lamps)| Stand {
        label,
        reported,
        owed,
        lamps,
    })
}

fn map() -> impl Strategy<Value = Heat> {
    let cell = prop_oneof![
        Just(Cell::Blank),
        Just(Cell::NotJudged),
        Just(Cell::NotApplicable),
        prop::sample::select(Lamp::ALL.to_vec()).prop_map(Cell::Lamp),
    ];
    let row =
        (label(), prop::collection::vec(cell, 0..30)).prop_map(|(name, cells)| heat::Row { name, cells });
    let group =
        (label(), prop::collection::vec(row, 0..4)).prop_map(|(heading, rows)| heat::Group { heading, rows });
    (prop::collection::vec(label(), 0..26), prop::collection::vec(group, 0..4))
        .prop_map(|(offices, groups)| Heat { offices, groups })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn completion_holds(groups in prop::collection::vec(group(), 0..4)) {
        hold(|theme| charts::completion(&groups, theme));
    }

    #[test]
    fn chapters_hold(rows in prop::collection::vec(chapter(), 0..12)) {
        hold(|theme| charts::chapters(&rows, theme));
    }

    #[test]
    fn trend_holds(trend in trend()) {
        hold(|theme| charts::trend(&trend, theme));
    }

    #[test]
    fn ranking_holds(rows in prop::collection::vec(ranked(), 0..12)) {
        hold(|theme| charts::ranking(&rows, theme));
    }

    #[test]
    fn months_hold(rows in prop::collection::vec(stand(), 0..26)) {
        hold(|theme| charts::months(&rows, theme));
    }

    #[test]
    fn heat_holds(map in map()) {
        hold(|theme| charts::heat(&map, theme));
    }
}
