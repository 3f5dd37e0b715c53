//! Writes the first inputs of every target, taken from the vectors: `seeds VECTORS CORPUS`.

use std::path::{Path, PathBuf};
use std::{env, fs};

use bundle::key_file::{WorkFactor, lock};
use bundle::keys::SecretKeys;
use flate2::read::DeflateDecoder;
use fuzz::raw::{HEADER_AT, RETURN};
use std::io::Read as _;
use testkit::plan::{office_id, small};

fn put(corpus: &Path, target: &str, name: &str, bytes: &[u8]) {
    let folder = corpus.join(target);
    fs::create_dir_all(&folder).expect("a folder for the corpus");
    fs::write(folder.join(name), bytes).expect("a seed");
}

fn main() {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (vectors, corpus) = (arguments.next().expect("VECTORS"), arguments.next().expect("CORPUS"));
    for entry in fs::read_dir(vectors).expect("the folder of vectors") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "tzb") {
            continue;
        }
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let bytes = fs::read(&path).expect("a vector");
        put(&corpus, "framing", &name, &bytes);
        put(&corpus, "receive", &name, &bytes);
        if let Some((header, records)) = taken_apart(&bytes) {
            put(&corpus, "header", &name, header);
            let kind = fuzz::KINDS.iter().position(|kind| {
                let said = format!("\"kind\":\"{kind}\"");
                header.windows(said.len()).any(|at| at == said.as_bytes())
            });
            put(&corpus, "payload", &name, &[&[kind.unwrap_or(2) as u8], &records[..]].concat());
            if kind == Some(2) {
                put(&corpus, "receive", &format!("{name}-records"), &[b"r", &records[..]].concat());
            }
        }
    }
    let stream = fuzz::raw::deflate(RETURN.as_bytes());
    let len = (RETURN.len() as u32).to_le_bytes();
    put(&corpus, "payload", "stream", &[&[0x82], &len[..], &stream].concat());

    let keys = SecretKeys::from_seeds(&[1; 64]).expect("good seeds");
    let mut locked = Vec::new();
    lock(&keys, "口令", WorkFactor::TEST, &mut locked).expect("a key file");
    put(&corpus, "key_file", "locked", &locked);

    let (plan, month) = (small(3), testkit::period("2024-03"));
    let form = app::entry_file::write_csv(&plan, &plan.duties_in(month), &office_id(0), month, &Default::default());
    put(&corpus, "csv", "form", &form);
    put(&corpus, "csv", "figures", "目标编码,本期,同期,进展说明\r\n1-1-01,12.5,,\"一,\n二\"\r\n".as_bytes());
    put(&corpus, "csv", "tabs", "code\tvalue\tnote\n1-1-01\t１２\t'=1+1\n".as_bytes());
}

/// The header's bytes and the inflated records, where the file goes that far.
fn taken_apart(bytes: &[u8]) -> Option<(&[u8], Vec<u8>)> {
    let len: [u8; 4] = bytes.get(HEADER_AT - 4..HEADER_AT)?.try_into().ok()?;
    let header = bytes.get(HEADER_AT..)?.get(..u32::from_be_bytes(len) as usize)?;
    let payload = bytes.get(HEADER_AT + header.len() + 128..)?;
    let mut records = Vec::new();
    DeflateDecoder::new(payload).take(1 << 20).read_to_end(&mut records).ok()?;
    Some((header, records))
}
