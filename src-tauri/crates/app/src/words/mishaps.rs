//! What goes wrong around the use cases: in the window, the page and the system's own programs.

use super::Sentence;

/// Something that no use case has a part in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mishap {
    /// The program has a fault, and one command stopped at it.
    Crashed,
    /// The person stopped it.
    Cancelled,
    /// There is no screen to open a window on.
    NoDisplay,
    /// The window cannot be opened.
    NoWindow,
    /// Windows has nothing to draw the page with.
    NoWebView,
    /// The platform names no folder for the user's data.
    NoDataFolder,
    /// The system's file manager cannot be started.
    NoFileManager,
    /// The system's print dialog cannot be opened.
    NoPrintDialog,
    /// The place or file that was chosen is no longer known.
    NoSuchPlace,
    /// Another window has the data folder open and does not answer here; who that is, where it is known.
    DataFolderTaken(Option<Holder>),
}

/// Who has a data folder open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The user's name on that computer; empty where it is not known.
    pub user: String,
    /// The computer's name; empty where it is not known.
    pub computer: String,
    /// The number of the process.
    pub process: u32,
}

/// Says what happened and what to do.
pub fn mishap(what: &Mishap) -> Sentence {
    let (code, what, next) = match what {
        Mishap::Crashed => (
            "crashed",
            "程序出错，这一步没有做成",
            "请再试一次；仍然出错，请在设置里打开日志文件夹，把日志交给管理员",
        ),
        Mishap::Cancelled => ("cancelled", "已停止，这一步没有做完", "需要时可以重新开始"),
        Mishap::NoDisplay => (
            "no_display",
            "没有可用的显示器，窗口打不开",
            "请在有桌面的电脑上打开；没有桌面时可用命令行 taizhang-cli",
        ),
        Mishap::NoWindow if cfg!(windows) => {
            ("no_window", "窗口打不开", "请重新启动电脑再打开；仍然不行，请重新安装台账和 WebView2 运行时")
        }
        Mishap::NoWindow => (
            "no_window",
            "窗口打不开",
            "请检查 DISPLAY 或 WAYLAND_DISPLAY 指向的桌面，以及是否装有 WebKitGTK 4.1",
        ),
        Mishap::NoWebView => (
            "no_webview",
            "这台电脑没有 Microsoft Edge WebView2 运行时，窗口打不开",
            "请从微软网站下载 WebView2 的“常青独立安装程序（x64）”，文件名是 MicrosoftEdgeWebView2RuntimeInstallerX64.exe，\
             用 U 盘带来，在这台电脑上运行一次，再打开台账",
        ),
        Mishap::NoDataFolder => ("no_data_folder", "找不到存放数据的文件夹", "请用 --data 指明一个文件夹"),
        Mishap::NoFileManager => ("no_file_manager", "文件夹打不开", "请在系统的文件管理器里打开上面的位置"),
        Mishap::NoPrintDialog => {
            ("no_print_dialog", "打印窗口打不开", "请检查系统里是否装有打印机，然后重试")
        }
        Mishap::NoSuchPlace => ("no_such_place", "选的位置或文件不在了", "请刷新列表，重新选择"),
        Mishap::DataFolderTaken(holder) => return taken(holder.as_ref()),
    };
    Sentence::new(code, what, next)
}

fn taken(holder: Option<&Holder>) -> Sentence {
    let by = holder.map(|Holder { user, computer, process }| {
        let named = |what: &str, name: &str| match name {
            "" => String::new(),
            name => format!("{what} {}，", model::names::reveal(name)),
        };
        format!("（{}{}进程号 {process}）", named("电脑", computer), named("用户", user))
    });
    let what = format!("这份台账已经由另一个窗口开着{}，不能同时开两次", by.unwrap_or_default());
    Sentence::new(
        "data_folder_taken",
        what,
        "请回到那个窗口继续；找不到它，就让那个用户退出台账或注销，再重新打开",
    )
}
