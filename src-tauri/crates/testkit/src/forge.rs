//! Bundles that the application never writes: a genuine one taken apart, altered, and signed with whatever key is at hand.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use bundle::digest::Sm3Digest;
use bundle::header::{Claims, Link, StreamId, Subject};
use bundle::key_file::{self, WorkFactor};
use bundle::keys::SecretKeys;
use bundle::limits::Limits;
use bundle::stage::Staged;
use bundle::v1::Payload;
use bundle::write::write;
use model::id::OfficeId;
use model::returns::{Answer, Figures, Return};

use crate::PASSPHRASE;
use crate::plan::{COUNT, figure, target_id};

/// A genuine bundle in pieces.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What its header claims.
    pub claims: Claims,
    /// What it carries.
    pub payload: Payload,
    /// Digest of its header.
    pub header: Sm3Digest,
}

impl Opened {
    /// Takes a bundle apart.
    pub fn of(path: &Path) -> Self {
        let staged = Staged::from_bytes(fs::read(path).unwrap());
        let verified = staged.verify(&Limits::default()).unwrap();
        Self {
            claims: verified.header().claims.clone(),
            payload: verified.payload().clone(),
            header: verified.header_digest(),
        }
    }

    /// Puts it together again under these keys, in a new file.
    pub fn sealed(&self, keys: &SecretKeys, path: &Path) -> PathBuf {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut out = File::create_new(path).unwrap();
        write(keys, self.claims.clone(), &self.payload, &mut [], &Limits::default(), &mut out).unwrap();
        path.to_owned()
    }

    /// Returns its place in its stream.
    pub fn link(&self) -> Link {
        *self.claims.subject.link().expect("a bundle with a number")
    }

    /// Puts it elsewhere in a stream, or into another one.
    pub fn relinked(mut self, stream: StreamId, seq: u64, prev: Option<Sm3Digest>) -> Self {
        let new = Link::new(stream, seq, prev).unwrap();
        match &mut self.claims.subject {
            Subject::Plan { link, .. }
            | Subject::Rotation { link, .. }
            | Subject::Progress { link, .. }
            | Subject::Receipt { link, .. } => {
                *link = new;
            }
            Subject::Enrolment { .. } => panic!("an enrolment has no number"),
        }
        self
    }

    /// Claims to come from, or go to, another office.
    pub fn of_office(mut self, to: OfficeId) -> Self {
        match (&mut self.claims.subject, &mut self.payload) {
            (Subject::Progress { office, .. }, Payload::Progress(content)) => {
                content.office = to.clone();
                *office = to;
            }
            (
                Subject::Enrolment { office, .. }
                | Subject::Rotation { office, .. }
                | Subject::Receipt { office, .. },
                _,
            ) => *office = to,
            _ => panic!("a plan is for everyone"),
        }
        self
    }

    /// Returns the return that it carries, to be altered.
    pub fn content(&mut self) -> &mut Return {
        match &mut self.payload {
            Payload::Progress(content) => content,
            _ => panic!("no return in it"),
        }
    }

    /// Gives the count of the small plan another figure.
    pub fn with_count(mut self, value: &str) -> Self {
        let entry = self.content().entries.get_mut(&target_id(COUNT)).expect("the count");
        entry.answer = Answer::Figures(Figures::Amount(figure(value)));
        self
    }
}

/// Opens the signing keys of a home.
pub fn keys_of(home: &Path) -> SecretKeys {
    let file = File::open(home.join("key.age")).unwrap();
    key_file::unlock(file, PASSPHRASE, WorkFactor::STANDARD).unwrap()
}

/// Copies a folder with everything in it: a cloned computer.
pub fn clone_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            clone_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
