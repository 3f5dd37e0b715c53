//! Saves the matrix of a period as a workbook: numbers as numbers, rates as rates, lamps as words on their colour.
//!
//! Every text is written as a text, so that none of it is ever read as a formula, whatever it begins with.

use std::io::Write;
use std::path::Path;

use ledger::patience;
use model::period::Period;
use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use crate::receive::Progress;
use crate::screens::hub::consolidation::{CellOrigin, Matrix, MatrixOffice, Table, Worker};
use crate::{Error, Home, Result, words};

mod figure;
mod pack;
mod pen;

use figure::Value;
use pack::pack;
use pen::Pen;

/// The columns before those of the offices.
const HEADS: [(&str, f64); 8] = [
    ("篇", 20.0),
    ("编号", 9.0),
    ("目标", 30.0),
    ("目标数", 14.0),
    ("全区", 13.0),
    ("单位", 8.0),
    ("亮灯", 20.0),
    ("汇总", 26.0),
];
/// The rows before those of the targets.
const ABOVE: u32 = 4;
/// How many bytes a column of a row takes once it is packed, about; for the progress alone.
const BYTES_A_CELL: u64 = 8;

/// Why a workbook did not come about.
enum Halt {
    /// Somebody stopped it.
    Asked,
    /// The library could not write it.
    Failed(XlsxError),
}

impl From<XlsxError> for Halt {
    fn from(error: XlsxError) -> Self {
        Self::Failed(error)
    }
}

impl Home {
    /// Suggests a name for the workbook.
    pub fn matrix_name(&self, period: Period) -> String {
        format!("汇总表-{period}.xlsx")
    }

    /// Saves the matrix of a period, whole and in the order of the report. It is there whole or not at all.
    ///
    /// Progress counts rows twice: when they are worked out, and when they are packed.
    ///
    /// # Errors
    /// [`Error::Stopped`] where `progress` returns false; what lay there before still does.
    pub fn save_matrix(&self, period: Period, to: &Path, progress: &mut Progress<'_>) -> Result<()> {
        let table = self.table(period)?;
        let matrix = self.matrix(period)?;
        let bytes = self.workbook(&table, &matrix, progress).map_err(|halt| match halt {
            Halt::Asked => Error::Stopped,
            Halt::Failed(error) => Error::io(to)(std::io::Error::other(error)),
        })?;
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(Error::io(to))?;
        file.write_all(&bytes).and_then(|()| file.as_file().sync_all()).map_err(Error::io(to))?;
        patience::persist(file, to).map_err(|refused| Error::io(to)(refused.error))?;
        Ok(())
    }

    fn workbook(&self, table: &Table, matrix: &Matrix, progress: &mut Progress<'_>) -> Result<Vec<u8>, Halt> {
        let mut book = Workbook::new();
        book.set_properties(&DocProperties::new().set_title("汇总表").set_creation_datetime(&self.now()));
        let sheet = book.add_worksheet();
        sheet.set_name("汇总")?;
        let mut pen = Pen::new(sheet);
        self.heads(&mut pen, matrix)?;
        let whole = matrix.targets.len() as u64;
        rows(&mut pen, table, matrix, &mut |row| progress(row, 2 * whole))?;
        let last = ABOVE + u32::try_from(matrix.targets.len()).unwrap_or(u32::MAX).max(1) - 1;
        pen.page(ABOVE, last, column(matrix.offices.len()) - 1)?;
        let row_of_bytes = BYTES_A_CELL * u64::from(column(matrix.offices.len()));
        let bytes = pack(book, &mut |bytes| progress(whole + (bytes / row_of_bytes).min(whole), 2 * whole))?;
        progress(2 * whole, 2 * whole);
        Ok(bytes)
    }

    fn heads(&self, pen: &mut Pen<'_>, matrix: &Matrix) -> Result<(), XlsxError> {
        let frozen = if matrix.locked {
            format!("，{}锁定", matrix.locked_on)
        } else {
            "，没有锁定".to_owned()
        };
        pen.title(0, &format!("{} 目标完成情况汇总表（{}）", self.identity.hub_name, matrix.label))?;
        pen.remark(
            1,
            &format!(
                "应报 {} 家，实报 {} 家，迟报 {} 家，未报 {} 家；方案第 {} 版{frozen}。各家的亮灯按本单位的分解数；没有分解数的只汇总不考核。",
                matrix.owed,
                matrix.reported,
                matrix.late,
                matrix.owed - matrix.reported,
                matrix.plan_version
            ),
        )?;
        for (at, (name, width)) in (0..).zip(HEADS) {
            pen.head(2, at, 3, at, name)?;
            pen.width(at, width)?;
        }
        for (at, office) in matrix.offices.iter().enumerate() {
            let first = column(at);
            pen.head(2, first, 2, first + 1, &office.name)?;
            pen.head(3, first, 3, first, "数")?;
            pen.head(3, first + 1, 3, first + 1, &standing(office))?;
            pen.width(first, 11.0)?;
            pen.width(first + 1, 16.0)?;
        }
        Ok(())
    }
}

/// Says how an office's return stands, marked where it is 零报告 or 代录.
fn standing(office: &MatrixOffice) -> String {
    let marks = [(office.nil, " 零报告"), (office.stand_in, " 代录")];
    let marks = marks.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark);
    std::iter::once(office.state_label.as_str()).chain(marks).collect()
}

/// Says where an office's first column is.
fn column(office: usize) -> u16 {
    // Beyond what a sheet can hold the library refuses the cell.
    u16::try_from(HEADS.len() + 2 * office).unwrap_or(u16::MAX - 2)
}

fn rows(
    pen: &mut Pen<'_>,
    table: &Table,
    matrix: &Matrix,
    watch: &mut dyn FnMut(u64) -> bool,
) -> Result<(), Halt> {
    let places: Vec<Option<usize>> =
        matrix.offices.iter().map(|office| table.place(&office.id).ok()).collect();
    let mut worker = Worker::new(table);
    for ((row, head), done) in (ABOVE..).zip(&matrix.targets).zip(0..) {
        if !watch(done) {
            return Err(Halt::Asked);
        }
        let Ok(at) = table.row(&head.code) else { continue };
        let Some(target) = table.consolidation.plan.target(&table.consolidation.targets[at].id) else {
            continue;
        };
        let status = table.status.targets.iter().find(|status| status.code == head.code);
        for (at, text) in [(0, &head.chapter), (1, &head.code), (2, &head.name), (3, &head.goal)] {
            pen.text(row, at, text)?;
        }
        let actual = status.and_then(|status| status.actual.as_deref());
        pen.value(row, 4, &Value::of(target, actual, &head.actual))?;
        pen.text(row, 5, &head.unit)?;
        pen.lamp(row, 6, &head.lamp.code, &words::lamp_in_words(&head.lamp.code, &head.lamp.words))?;
        let earlier = head.earlier.as_ref().map(|month| format!("{month}数，")).unwrap_or_default();
        let more = if head.coverage_more.is_empty() { "" } else { "，" };
        pen.text(row, 7, &format!("{earlier}{}{more}{}", head.coverage, head.coverage_more))?;
        for (place, first) in places.iter().zip((0..).map(column)) {
            let Some(place) = place else { continue };
            let cell = worker.cell(at, *place);
            if cell.origin == CellOrigin::Blank {
                pen.blank(row, first)?;
                pen.blank(row, first + 1)?;
                continue;
            }
            let shown = cell.view(target);
            pen.value(row, first, &Value::of(target, cell.number().as_deref(), &shown.figure))?;
            let code = shown.lamp.as_ref().map_or("none", |lamp| lamp.code.as_str());
            pen.lamp(row, first + 1, code, &words::cell_in_words(&shown))?;
        }
    }
    Ok(())
}
