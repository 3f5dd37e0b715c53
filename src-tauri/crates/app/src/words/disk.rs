//! What goes wrong with drives, folders and files, and what to do about it.

use std::io::{Error, ErrorKind as K};

/// What to do about a file that another program keeps to itself.
const CLOSE_IT: &str = "请关掉正开着它的程序（如 Excel、WPS），再重试；已保存的数据没有丢";

/// Says what is wrong.
pub(super) fn word(error: &Error) -> String {
    if is_open_elsewhere(error) {
        return "它正被别的程序打开".to_owned();
    }
    match error.kind() {
        K::NotFound => "找不到".to_owned(),
        K::PermissionDenied => "没有权限".to_owned(),
        K::StorageFull => "空间满了".to_owned(),
        K::ReadOnlyFilesystem => "写保护".to_owned(),
        K::InvalidInput => "不是普通文件".to_owned(),
        _ => error.to_string(),
    }
}

/// Says what to do about a drive or folder; whatever it is, nothing that was saved is lost.
pub(super) fn remedy(error: &Error) -> &'static str {
    if is_open_elsewhere(error) {
        return CLOSE_IT;
    }
    match error.kind() {
        K::NotFound => "优盘或文件夹可能不在了，请插好后重试；已保存的数据没有丢",
        K::StorageFull => "请腾出空间，或换一个优盘重试；已保存的数据没有丢",
        K::ReadOnlyFilesystem | K::PermissionDenied => {
            "请关掉优盘上的写保护，或换一个位置重试；已保存的数据没有丢"
        }
        _ => "请检查优盘是否插好、写保护是否打开、空间是否够，然后重试；已保存的数据没有丢",
    }
}

/// As [`remedy`], about the application's own folder.
pub(super) fn own_remedy(error: &Error) -> &'static str {
    if is_open_elsewhere(error) { CLOSE_IT } else { "请检查磁盘后重试；已保存的数据没有丢" }
}

/// As [`remedy`], about a file that cannot be read.
pub(super) fn reading_remedy(error: &Error) -> &'static str {
    if is_open_elsewhere(error) { CLOSE_IT } else { "请拔下 U 盘重新插好再试，或换一个 U 盘" }
}

/// Says whether another program has the file open and lets nobody else at it.
fn is_open_elsewhere(error: &Error) -> bool {
    // Sharing violation, lock violation: Rust has no kind of its own for them.
    let by_windows = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
    by_windows || matches!(error.kind(), K::ResourceBusy | K::ExecutableFileBusy)
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn a_file_that_another_program_has_open_is_closed_there_first() {
        let busy = Error::from(K::ResourceBusy);
        assert!(word(&busy).contains("别的程序"));
        assert_eq!([remedy(&busy), own_remedy(&busy), reading_remedy(&busy)], [CLOSE_IT; 3]);
        let gone = Error::from(K::NotFound);
        assert_eq!(word(&gone), "找不到");
        assert_ne!(remedy(&gone), CLOSE_IT);
    }
}
