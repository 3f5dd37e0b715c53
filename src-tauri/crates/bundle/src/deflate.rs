//! The records' compression: one raw deflate stream (RFC 1951) of a declared length on both sides.

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Decompress, FlushDecompress, Status};

use crate::rejection::InflateFault;

/// Deflates the records.
pub(crate) fn deflate(records: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(records.len() / 4), Compression::default());
    encoder.write_all(records)?;
    encoder.finish()
}

/// Inflates a stream that must fill exactly `declared` bytes and leave nothing over.
///
/// The caller has compared `declared` with its limit; nothing beyond it is ever reserved or produced.
pub(crate) fn inflate(stream: &[u8], declared: usize) -> Result<Vec<u8>, InflateFault> {
    let mut inflater = Decompress::new(false);
    let mut records = vec![0; declared];
    let mut status = inflater
        .decompress(stream, &mut records, FlushDecompress::Finish)
        .map_err(|_| InflateFault::Corrupt)?;
    let consumed = |inflater: &Decompress| usize::try_from(inflater.total_in()).unwrap_or(usize::MAX);
    if status != Status::StreamEnd && inflater.total_out() == declared as u64 {
        // Room for one byte more tells a stream that ends here from one that goes on.
        let rest = stream.get(consumed(&inflater)..).unwrap_or_default();
        status = inflater
            .decompress(rest, &mut [0], FlushDecompress::Finish)
            .map_err(|_| InflateFault::Corrupt)?;
    }
    let found = inflater.total_out();
    if found > declared as u64 {
        return Err(InflateFault::Long { declared: declared as u64 });
    }
    if status != Status::StreamEnd {
        return Err(InflateFault::Unfinished);
    }
    if found < declared as u64 {
        return Err(InflateFault::Short { declared: declared as u64, found });
    }
    match stream.len().saturating_sub(consumed(&inflater)) {
        0 => Ok(records),
        left => Err(InflateFault::Trailing { left: left as u64 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_declared_length_comes_out() {
        for records in [b"".to_vec(), b"{}\n".to_vec(), b"abcdefgh".repeat(9000), vec![b'a'; 1 << 16]] {
            let stream = deflate(&records).unwrap();
            let (n, declared) = (records.len(), records.len() as u64);
            assert_eq!(inflate(&stream, n), Ok(records));
            assert_eq!(
                inflate(&stream, n + 1),
                Err(InflateFault::Short { declared: declared + 1, found: declared })
            );
            if let Some(less) = n.checked_sub(1) {
                assert_eq!(inflate(&stream, less), Err(InflateFault::Long { declared: declared - 1 }));
            }
            let cut = &stream[..stream.len() - 1];
            assert_eq!(inflate(cut, n), Err(InflateFault::Unfinished));
            let more = [&stream[..], b"\0\0"].concat();
            assert_eq!(inflate(&more, n), Err(InflateFault::Trailing { left: 2 }));
        }
        assert_eq!(inflate(&[0x07], 10), Err(InflateFault::Corrupt));
    }
}
