//! 上报上级 in the hub's window: what the district consolidated leaves as a table, and its own office of the city reads it.

use std::fs;
use std::path::Path;

use app::Home;
use app::demo::hub;
use model::plan::{Assignee, Assignment, Plan};
use model::target::{Kind, Target};
use testkit::District;
use testkit::plan::{small, target_id};

use crate::harness::stage::{self, period};
use crate::harness::{Desk, Window};

const JUNE: &str = "2024-06";

/// What the city calls the target whose name says nothing to the district.
const OTHER_NAME: &str = "全市新增市场主体";

/// Three counts that the district has figures of: one goes by the same name above, one by another, one is counted otherwise.
struct Three([Target; 3]);

impl Three {
    fn of(district: &Home) -> Self {
        let plan = district.plan().unwrap();
        let status = district.status(period(JUNE)).unwrap();
        let known = status.targets.iter().filter(|one| one.actual.is_some() && one.assigned > 1);
        let targets =
            known.filter_map(|one| plan.targets.iter().find(|target| target.id.as_str() == one.code));
        let counts = targets.filter(|target| target.kind() == Kind::Count && !target.official);
        let three: Vec<Target> = counts.take(3).cloned().collect();
        Self(three.try_into().unwrap())
    }
}

/// The plan of the city, in which the district is the only office.
fn plan_above(district: &str, Three([same, other, unfit]): &Three) -> Plan {
    let mut plan = small(1);
    plan.hub_name = "演示市".to_owned();
    plan.title = "演示市工作报告".to_owned();
    plan.offices[0].names[0].value = district.to_owned();
    let from = |at: u32, target: &Target| Target {
        id: target_id(&format!("1-1-{at:02}")),
        section: "1-1".to_owned(),
        since: 1,
        ..target.clone()
    };
    plan.targets = vec![
        from(1, same),
        Target { name: OTHER_NAME.to_owned(), clause: OTHER_NAME.to_owned(), ..from(2, other) },
        Target { unit: "万户".to_owned(), ..from(3, unfit) },
    ];
    let to = Assignee::Office(plan.offices[0].id.clone());
    plan.assignments = (plan.targets.iter())
        .map(|target| Assignment { target: target.id.clone(), to: to.clone(), quota: None })
        .collect();
    plan
}

fn is_called(window: &Window<'_>, title: &str) {
    window.until(&format!("{title} is shown"), || (window.title() == title).then_some(()));
}

/// Returns what stands in the first box of a target of a home.
fn typed(home: &Path, target: &str) -> String {
    let mut home = Home::open(home, app::World::real()).unwrap();
    let groups = home.entry_sheet(period(JUNE)).unwrap().groups;
    let row = groups.into_iter().flat_map(|group| group.rows).find(|row| row.target == target).unwrap();
    row.boxes[0].text.clone()
}

#[test]
fn consolidated_figures_go_up_as_a_table_that_the_office_above_reads() {
    let desk = Desk::new();
    stage::hub_demonstration(&desk);
    let root = desk.data().join("demo-hub");
    let (district, three, status) = {
        let home = hub::open(&root).unwrap();
        (home.plan().unwrap().hub_name, Three::of(&home), home.status(period(JUNE)).unwrap())
    };
    let Three([same, other, unfit]) = &three;
    let mut city = District::with_seed(&plan_above(&district, &three), 0, 1000);
    let stick = hub::exchange(&root);
    let plan = city.newest_plan();
    fs::copy(&plan, stick.join(plan.file_name().unwrap())).unwrap();

    // The city's plan is taken in from the stick; the district is known in it by its name.
    let window = desk.open();
    window.click("button", "继续演示汇总单位");
    window.sees("已报单位");
    window.go("汇总");
    window.sees("家汇总");
    window.click("button", "上报上级");
    is_called(&window, "上报上级");
    window.sees("本单位也要向上级报送");
    window.is_fit_to_be_seen("upward-first");
    window.click("choice", "交换文件夹");
    window.click("choice", &plan.file_name().unwrap().to_string_lossy());
    window.click("button", "导入");
    window.sees("演示市工作报告");
    window.holds("本单位在其中是", &district);

    // What is known by its name is proposed; another is chosen; one cannot answer, and it is said why.
    window.sees("有 1 项");
    window.is_fit_to_be_seen("upward-proposed");
    window.click("button", "全部对应");
    window.sees("能报 1 项");
    window.click("button", &format!("选择… {OTHER_NAME}"));
    window.fill("查找本单位的目标", other.id.as_str());
    window.is_fit_to_be_seen("upward-choosing");
    window.click("button", &other.name);
    window.sees("能报 2 项");
    window.click("button", &format!("选择… {}", unfit.name));
    window.fill("查找本单位的目标", unfit.id.as_str());
    window.sees("万户");
    assert!(!window.enabled("button", &unfit.name), "another unit does not fit");
    window.press("Esc");
    window.is_fit_to_be_seen("upward-answered");

    // It leaves, and what is not in it is named.
    window.click("button", "导出填报表…");
    window.sees("还没有锁定");
    window.is_fit_to_be_seen("upward-sending");
    window.click("choice", "交换文件夹");
    window.click("button", "写入");
    window.sees("不在表里的");
    window.sees(&unfit.name);
    window.is_fit_to_be_seen("upward-sent");
    window.click("button", "好");
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);
    let tables = fs::read_dir(&stick).unwrap().map(|entry| entry.unwrap().path());
    let table = tables.into_iter().find(|path| path.extension().is_some_and(|end| end == "csv")).unwrap();

    // The district's own office of the city takes it in.
    let above = Desk::new();
    stage::copy(city.set_up(&district).dir(), &above.home());
    let window = above.open_on("2024-07-05");
    window.sees(&district);
    window.go("填报");
    window.until("the grid takes keys", || window.cell());
    // Into another month it does not go.
    let read = || {
        window.click("button", "导入填报表…");
        window.click("button", "选择文件…");
        above.choose("选择填报表", &table);
    };
    read();
    window.sees("正在填的是2024年1—2月");
    window.is_fit_to_be_seen("upward-other-month");
    window.click("button", "取消");
    window.choose_period(JUNE);
    read();
    window.sees("2 个目标");
    window.is_fit_to_be_seen("upward-read");
    window.click("button", "好");
    let actual = |own: &Target| {
        let target = status.targets.iter().find(|target| target.code == own.id.as_str()).unwrap();
        target.actual.clone().unwrap()
    };
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);
    assert_eq!(typed(&above.home(), "1-1-01"), actual(same));
    assert_eq!(typed(&above.home(), "1-1-02"), actual(other));
    assert_eq!(typed(&above.home(), "1-1-03"), "");
}
