//! Pictures that came from outside: decoded under limits, and drawn anew before anybody sees them.

use std::io::Cursor;

use bundle::media::Media;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

/// The most pixels of a picture: more than any camera or scanner in an office makes.
pub const MAX_PIXELS: u64 = 50_000_000;
/// The most memory that decoding may take: every pixel with four bytes, and some for the decoder.
const MAX_MEMORY: u64 = 256 << 20;
/// The longest side of a picture that is drawn anew.
const MAX_SIDE: u32 = 2400;

/// What is wrong with a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFault {
    /// It has more pixels than [`MAX_PIXELS`], or takes more memory than decoding may.
    TooManyPixels {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// It cannot be decoded.
    Broken,
}

/// Says whether a file can be shown: every picture is decoded whole. A PDF is never opened here.
pub(crate) fn examine(bytes: &[u8], media: Media) -> Result<(), PictureFault> {
    match format(media) {
        Some(format) => decode(bytes, format).map(drop),
        None => Ok(()),
    }
}

/// Draws a picture anew as PNG, upright, no side longer than `side` pixels; none for a PDF.
pub(crate) fn as_png(bytes: &[u8], media: Media, side: u32) -> Option<Result<Vec<u8>, PictureFault>> {
    let format = format(media)?;
    let side = side.clamp(1, MAX_SIDE);
    Some(decode(bytes, format).and_then(|picture| {
        let small = picture.width() <= side && picture.height() <= side;
        let picture = if small { picture } else { picture.thumbnail(side, side) };
        let mut out = Cursor::new(Vec::new());
        // Eight bits a channel is what screens show; anything richer only makes the file larger.
        let plain = DynamicImage::ImageRgba8(picture.into_rgba8());
        plain.write_to(&mut out, ImageFormat::Png).map_err(|_| PictureFault::Broken)?;
        Ok(out.into_inner())
    }))
}

fn format(media: Media) -> Option<ImageFormat> {
    match media {
        Media::Jpeg => Some(ImageFormat::Jpeg),
        Media::Png => Some(ImageFormat::Png),
        Media::Pdf => None,
    }
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, PictureFault> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    // The size is in the header; nothing of the picture itself is read before it is known to be bearable.
    let mut decoder = reader.into_decoder().map_err(|_| PictureFault::Broken)?;
    let (width, height) = decoder.dimensions();
    let too_many = PictureFault::TooManyPixels { width, height };
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_MEMORY {
        return Err(too_many);
    }
    let upright = decoder.orientation();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| match error {
        ImageError::Limits(_) => too_many,
        _ => PictureFault::Broken,
    })?;
    if let Ok(upright) = upright {
        picture.apply_orientation(upright);
    }
    Ok(picture)
}
