//! Numbers that follow from a seed and a place, whatever the order in which they are asked for.

/// A number drawn for one place; splitmix64 over the seed and the names of the place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn(u64);

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// Draws the number of a place.
pub(super) fn draw(seed: u64, place: &[&str]) -> Drawn {
    let mut state = mix(seed.wrapping_add(GOLDEN));
    for name in place {
        // The length keeps ["ab", "c"] and ["a", "bc"] apart.
        state = mix(state.wrapping_add(GOLDEN) ^ name.len() as u64);
        for byte in name.bytes() {
            state = mix(state.wrapping_add(GOLDEN) ^ u64::from(byte));
        }
    }
    Drawn(state)
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Drawn {
    /// Returns the number itself, for ordering.
    pub(super) fn order(self) -> u64 {
        self.0
    }

    /// Returns a number from `low` to `high`, both included.
    pub(super) fn between(self, low: i64, high: i64) -> i64 {
        let span = high.abs_diff(low).saturating_add(1);
        low.saturating_add_unsigned(self.0 % span)
    }

    /// Picks one; there must be one to pick.
    pub(super) fn one_of<T: Copy>(self, all: &[T]) -> T {
        all[(self.0 % all.len() as u64) as usize]
    }

    /// Says yes once in `times`.
    pub(super) fn once_in(self, times: u64) -> bool {
        self.0.is_multiple_of(times.max(1))
    }
}
