//! Any bytes as records, or as their deflate stream, under a good header that is truly signed.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let mut raw = fuzz::of_records(*first, rest);
    if first & 0x80 != 0 {
        // The length that it is said to inflate to stands in front.
        let Some((len, stream)) = rest.split_first_chunk() else { return };
        raw.inflated_len = Some(u64::from(u32::from_le_bytes(*len)));
        raw.stream = Some(stream.to_vec());
    }
    if let Some(verified) = fuzz::verified(raw.bytes()) {
        fuzz::comes_back(verified);
    }
});
