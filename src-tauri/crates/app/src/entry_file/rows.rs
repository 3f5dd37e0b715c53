//! Text to rows (RFC 4180). Written out here because the `csv` crate takes a quote that never closes for the rest of the
//! file, and knows the line of a record but not of a field.

/// A row of fields.
pub(super) struct Row {
    /// The line on which it begins.
    pub(super) line: usize,
    /// Its fields, at least one.
    pub(super) fields: Vec<Text>,
}

impl Row {
    pub(super) fn is_blank(&self) -> bool {
        self.fields.iter().all(|field| field.text.trim().is_empty())
    }
}

/// A field.
pub(super) struct Text {
    /// The line on which it begins.
    pub(super) line: usize,
    /// The text, quotes taken off, otherwise exactly as it stands.
    pub(super) text: String,
}

/// Quotes that do not add up.
pub(super) struct QuoteFault {
    pub(super) line: usize,
    /// Counted from 1.
    pub(super) column: usize,
    pub(super) unterminated: bool,
}

/// Splits a text into rows.
pub(super) struct Rows<'a> {
    rest: &'a str,
    line: usize,
    separator: char,
}

enum End {
    Separator,
    Row,
}

impl<'a> Rows<'a> {
    pub(super) fn new(text: &'a str, separator: char) -> Self {
        Self { rest: text, line: 1, separator }
    }

    fn field(&mut self, column: usize) -> Result<(Text, End), QuoteFault> {
        let line = self.line;
        let text = match self.rest.strip_prefix('"') {
            None => {
                let ends = [self.separator, '\r', '\n'];
                let (text, rest) = self.rest.split_at(self.rest.find(ends).unwrap_or(self.rest.len()));
                self.rest = rest;
                text.to_owned()
            }
            Some(inside) => {
                self.rest = inside;
                self.quoted().ok_or(QuoteFault { line, column, unterminated: true })?
            }
        };
        let end = self.end().ok_or(QuoteFault { line, column, unterminated: false })?;
        Ok((Text { line, text }, end))
    }

    /// Takes the inside of a quoted field and its closing quote; none where there is none.
    fn quoted(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            let (inside, rest) = self.rest.split_once('"')?;
            self.line += line_ends(inside.as_bytes());
            text.push_str(inside);
            match rest.strip_prefix('"') {
                Some(rest) => self.rest = rest,
                None => {
                    self.rest = rest;
                    return Some(text);
                }
            }
            text.push('"');
        }
    }

    /// Takes what ends a field; none where something else follows.
    fn end(&mut self) -> Option<End> {
        if let Some(rest) = self.rest.strip_prefix(self.separator) {
            self.rest = rest;
            return Some(End::Separator);
        }
        for ending in ["\r\n", "\n", "\r"] {
            if let Some(rest) = self.rest.strip_prefix(ending) {
                self.rest = rest;
                self.line += 1;
                return Some(End::Row);
            }
        }
        self.rest.is_empty().then_some(End::Row)
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, QuoteFault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let mut row = Row { line: self.line, fields: Vec::new() };
        loop {
            match self.field(row.fields.len() + 1) {
                Ok((field, end)) => {
                    row.fields.push(field);
                    if matches!(end, End::Row) {
                        return Some(Ok(row));
                    }
                }
                Err(fault) => {
                    // Behind a lost quote nothing is what it seems.
                    self.rest = "";
                    return Some(Err(fault));
                }
            }
        }
    }
}

/// Counts line ends as editors do: CRLF, LF or a lone CR.
pub(super) fn line_ends(bytes: &[u8]) -> usize {
    let feeds = bytes.iter().filter(|b| **b == b'\n').count();
    let returns = bytes.iter().filter(|b| **b == b'\r').count();
    let pairs = bytes.windows(2).filter(|pair| *pair == b"\r\n").count();
    feeds + returns - pairs
}
