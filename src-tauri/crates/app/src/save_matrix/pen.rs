//! Writes cells in the looks of the sheet. Texts go through one function, which knows no formulas.

use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::figure::Value;

/// Lamps' grounds and inks, for paper and screen alike; the words beside them say the same.
const LAMPS: [(&str, u32, u32); 6] = [
    ("done", 0xDD_EB_F7, 0x1B_4F_8F),
    ("green", 0xE2_F0_D9, 0x1E_5C_2E),
    ("yellow", 0xFF_F2_CC, 0x7A_52_00),
    ("red", 0xF8_D7_DA, 0x8C_1D_18),
    ("unreported", 0xED_ED_ED, 0x4D_57_66),
    ("unscheduled", 0xED_ED_ED, 0x4D_57_66),
];
/// A3: a district's offices do not fit on less.
const A3: u8 = 8;

/// A sheet being written.
pub(super) struct Pen<'a> {
    sheet: &'a mut Worksheet,
    text: Format,
    head: Format,
    blank: Format,
    lamps: HashMap<&'static str, Format>,
    numbers: HashMap<(bool, usize), Format>,
}

impl<'a> Pen<'a> {
    pub fn new(sheet: &'a mut Worksheet) -> Self {
        let cell = || Format::new().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xC6_CC_D4));
        let text = cell().set_align(FormatAlign::VerticalCenter).set_text_wrap();
        let lamps = LAMPS.map(|(code, ground, ink)| {
            let filled =
                text.clone().set_background_color(Color::RGB(ground)).set_font_color(Color::RGB(ink));
            (code, filled)
        });
        let head = cell().set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        Self {
            head: head.set_text_wrap().set_background_color(Color::RGB(0xF4_F5_F7)),
            blank: cell().set_background_color(Color::RGB(0xF4_F5_F7)),
            lamps: lamps.into(),
            numbers: HashMap::new(),
            text,
            sheet,
        }
    }

    pub fn title(&mut self, row: u32, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(row, 0, text, &Format::new().set_bold().set_font_size(16))?;
        Ok(())
    }

    pub fn remark(&mut self, row: u32, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string(row, 0, text)?;
        Ok(())
    }

    /// Writes a head, over several cells where it spans them.
    pub fn head(&mut self, row: u32, column: u16, to_row: u32, to: u16, text: &str) -> Result<(), XlsxError> {
        if (row, column) != (to_row, to) {
            self.sheet.merge_range(row, column, to_row, to, "", &self.head)?;
        }
        self.sheet.write_string_with_format(row, column, text, &self.head)?;
        Ok(())
    }

    pub fn width(&mut self, column: u16, width: f64) -> Result<(), XlsxError> {
        self.sheet.set_column_width(column, width)?;
        Ok(())
    }

    pub fn text(&mut self, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(row, column, text, &self.text)?;
        Ok(())
    }

    pub fn blank(&mut self, row: u32, column: u16) -> Result<(), XlsxError> {
        self.sheet.write_blank(row, column, &self.blank)?;
        Ok(())
    }

    pub fn lamp(&mut self, row: u32, column: u16, code: &str, words: &str) -> Result<(), XlsxError> {
        let look = self.lamps.get(code).unwrap_or(&self.text);
        self.sheet.write_string_with_format(row, column, words, look)?;
        Ok(())
    }

    pub fn value(&mut self, row: u32, column: u16, value: &Value) -> Result<(), XlsxError> {
        let (number, rate, decimals) = match value {
            Value::Text(text) => return self.text(row, column, text),
            Value::Amount(number, decimals) => (*number, false, *decimals),
            Value::Rate(number, decimals) => (*number, true, *decimals),
        };
        let text = &self.text;
        let look = self.numbers.entry((rate, decimals)).or_insert_with(|| {
            let whole = if rate { "0" } else { "#,##0" };
            let behind = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals)) };
            let percent = if rate { "%" } else { "" };
            text.clone().set_num_format(format!("{whole}{behind}{percent}"))
        });
        self.sheet.write_number_with_format(row, column, number, look)?;
        Ok(())
    }

    /// Freezes the heads, and says what is printed and how.
    pub fn page(&mut self, above: u32, last_row: u32, last_column: u16) -> Result<(), XlsxError> {
        self.sheet
            .set_freeze_panes(above, 3)?
            .set_print_area(0, 0, last_row, last_column)?
            .set_repeat_rows(2, above - 1)?
            .set_repeat_columns(1, 2)?
            .set_landscape()
            .set_paper_size(A3)
            .set_footer("&C第 &P 页，共 &N 页");
        Ok(())
    }
}
