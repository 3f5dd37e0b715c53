//! Lamps counted.

use crate::words;
use model::lamp::Lamp;

/// How many stand under each lamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lamps {
    /// 已完成.
    pub done: u32,
    /// 正常.
    pub green: u32,
    /// 落后.
    pub yellow: u32,
    /// 严重落后.
    pub red: u32,
    /// 未报: no accepted figure.
    pub unreported: u32,
    /// 未排节点.
    pub unscheduled: u32,
    /// Nothing is judged, or nothing was due yet.
    pub none: u32,
}

impl Lamps {
    /// Returns how many are judged: done, on course or behind.
    pub fn judged(&self) -> u32 {
        self.done + self.green + self.yellow + self.red
    }

    /// Returns how many have a lamp.
    pub fn lit(&self) -> u32 {
        self.judged() + self.grey()
    }

    /// Returns how many are behind, far or not.
    pub fn behind(&self) -> u32 {
        self.yellow + self.red
    }

    /// Returns how many are grey.
    pub fn grey(&self) -> u32 {
        self.unreported + self.unscheduled
    }

    /// Returns them as charts draw them.
    pub fn drawn(&self) -> [u32; 5] {
        [self.done, self.green, self.yellow, self.red, self.grey()]
    }
}

impl<'a> FromIterator<&'a str> for Lamps {
    /// Counts lamps by their codes.
    fn from_iter<I: IntoIterator<Item = &'a str>>(codes: I) -> Self {
        let mut out = Self::default();
        for code in codes {
            *match code {
                "done" => &mut out.done,
                "green" => &mut out.green,
                "yellow" => &mut out.yellow,
                "red" => &mut out.red,
                "unreported" => &mut out.unreported,
                "unscheduled" => &mut out.unscheduled,
                _ => &mut out.none,
            } += 1;
        }
        out
    }
}

impl FromIterator<Lamp> for Lamps {
    fn from_iter<I: IntoIterator<Item = Lamp>>(lamps: I) -> Self {
        lamps.into_iter().map(words::lamp_code).collect()
    }
}

impl std::iter::Sum for Lamps {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            done: sum.done + one.done,
            green: sum.green + one.green,
            yellow: sum.yellow + one.yellow,
            red: sum.red + one.red,
            unreported: sum.unreported + one.unreported,
            unscheduled: sum.unscheduled + one.unscheduled,
            none: sum.none + one.none,
        })
    }
}
