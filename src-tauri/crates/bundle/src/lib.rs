#![doc = include_str!("../README.md")]

mod deflate;
mod frame;
mod strict;

pub mod chain;
pub mod digest;
pub mod fingerprint;
pub mod header;
pub mod key_file;
pub mod keys;
pub mod limits;
pub mod media;
pub mod rejection;
pub mod stage;
pub mod successor;
pub mod v1;
pub mod verify;
pub mod write;
