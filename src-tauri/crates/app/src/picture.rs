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

#[cfg(test)]
mod laws {
    use image::RgbImage;

    use super::*;

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        let picture = RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 200]));
        picture.write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    fn size(png: &[u8]) -> (u32, u32) {
        let picture = decode(png, ImageFormat::Png).unwrap();
        (picture.width(), picture.height())
    }

    #[test]
    fn pictures_of_either_kind_are_drawn_within_the_size_asked_for() {
        for (media, format) in [(Media::Jpeg, ImageFormat::Jpeg), (Media::Png, ImageFormat::Png)] {
            let bytes = encoded(300, 100, format);
            assert_eq!(examine(&bytes, media), Ok(()));
            assert_eq!(size(&as_png(&bytes, media, 150).unwrap().unwrap()), (150, 50));
            assert_eq!(
                size(&as_png(&bytes, media, 1000).unwrap().unwrap()),
                (300, 100),
                "never larger than it is"
            );
        }
        assert!(as_png(b"%PDF-1.7", Media::Pdf, 100).is_none());
        assert_eq!(examine(b"%PDF-1.7", Media::Pdf), Ok(()));
    }

    #[test]
    fn a_jpeg_that_claims_to_be_enormous_is_refused_by_its_header() {
        let mut bytes = encoded(16, 16, ImageFormat::Jpeg);
        let frame = bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
        bytes[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xdc, 0xff, 0xdc]);
        assert!(matches!(examine(&bytes, Media::Jpeg), Err(PictureFault::TooManyPixels { .. })));
    }

    #[test]
    fn what_is_cut_short_or_no_picture_at_all_is_broken() {
        let png = encoded(64, 64, ImageFormat::Png);
        assert_eq!(examine(&png[..png.len() / 2], Media::Png), Err(PictureFault::Broken));
        assert_eq!(examine(b"\xff\xd8\xff\xe0 text", Media::Jpeg), Err(PictureFault::Broken));
        assert_eq!(examine(b"\x89PNG\r\n\x1a\n", Media::Png), Err(PictureFault::Broken));
    }

    #[test]
    fn a_picture_taken_sideways_stands_upright() {
        let plain = encoded(40, 20, ImageFormat::Jpeg);
        // Exif with one entry: orientation 6, a quarter turn clockwise.
        let tiff = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let length = u16::try_from(tiff.len() + 2).unwrap().to_be_bytes();
        let turned = [&plain[..2], &[0xff, 0xe1], &length, tiff, &plain[2..]].concat();
        assert_eq!(size(&as_png(&turned, Media::Jpeg, 100).unwrap().unwrap()), (20, 40));
    }
}
