//! Makes the demonstration of a hub in an empty folder: `cargo run -q -p app --example hub_demo -- DIR`.

use std::path::PathBuf;
use std::process::ExitCode;

use app::demo::hub::prepare;
use app::words::sentence;

fn main() -> ExitCode {
    let Some(root) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("用法：hub_demo 空文件夹");
        return ExitCode::FAILURE;
    };
    match prepare(&root, &mut |_, _| true) {
        Ok(()) => {
            println!("演示已备好：{}", root.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            let said = sentence(&error);
            eprintln!("{}。{}", said.what, said.next);
            ExitCode::FAILURE
        }
    }
}
