; The setup of 台账 for 64-bit Windows, compiled by `cargo xtask package windows`:
;
;   makensis -INPUTCHARSET UTF8 -DVERSION=1.2.3 -DPROGRAMS=DIR -DICON=FILE -DSIDE=FILE -DSIZE_KB=N -DOUT=FILE [-DWEBVIEW2=FILE] installer.nsi
;
; Switches of the setup: /S silent, /D=DIR where (last, unquoted), /CURRENTUSER or /ALLUSERS for whom.
; Switches of the uninstaller: /S. A silent uninstaller never touches a ledger, nor does one for all users.
;
; What the setup answers:
;   0  installed                          5  the program is running and did not close
;   1  cancelled                          6  installed for all users already, and this is no administrator
;   2  a file could not be written        7  /ALLUSERS without an administrator's rights
;   3  Windows is too old                10  installed, but WebView2 is missing: the command line works, the window not
;   4  a newer version is installed

Unicode true
Target amd64-unicode
; The tests make many, and do not care how small they are.
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 32
!endif
RequestExecutionLevel user
ManifestSupportedOS Win10
ManifestDPIAware true
CRCCheck force

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinMessages.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

!define NAME "台账"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Taizhang"
!define KIND "Taizhang.Bundle"
; The Evergreen runtime's own entry: Microsoft's documentation says where and that a version of 0.0.0.0 means none.
!define RUNTIME "Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"
!define RUNTIME_SETUP "MicrosoftEdgeWebView2RuntimeInstallerX64.exe"
; What the window is called, to ask it to close.
!define WINDOW_CLASS "Tauri Window"
!define WINDOW_TITLE "台账"
; Where the ledgers are, in words that are true for everybody.
!define EVERYBODYS "每个用户自己的台账库都在各自的 %LOCALAPPDATA%\taizhang 里"

Name "${NAME}"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
SetOverwrite on

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME}安装程序"
VIAddVersionKey /LANG=2052 "CompanyName" "${NAME}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "Apache-2.0"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"

; user or all
Var Scope
; The version that is installed for this scope, and where; empty where there is none.
Var Installed
Var InstalledAt
; Where this user's ledger lies. Only a setup for one user may name it: one for all may run as somebody else's account.
Var Ledger
; What the uninstaller says about ledgers.
Var Kept
Var Welcome
Var Headline
Var Farewell
; What the setup answers in the end.
Var Outcome

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "安装${NAME} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "$Welcome"
!define MUI_DIRECTORYPAGE_TEXT_TOP "程序装在下面的文件夹里，一般不用改。数据不放在这里，以后升级、重装都不会动它。"
!define MUI_FINISHPAGE_TITLE "$Headline"
!define MUI_FINISHPAGE_TEXT "$Farewell"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${NAME}"
!define MUI_FINISHPAGE_RUN_FUNCTION Open
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$Kept"

!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_CUSTOMFUNCTION_PRE FreshOnly
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_PAGE_CUSTOMFUNCTION_SHOW OfferToOpen
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE SimpChinese

; Ends with a sentence and a number.
!macro Refuse OUTCOME SENTENCE
  MessageBox MB_OK|MB_ICONSTOP "${SENTENCE}" /SD IDOK
  SetErrorLevel ${OUTCOME}
  Quit
!macroend

; The user's ledger lies where the application puts it: among this user's local data, whoever the program is for.
!macro FindLedger
  SetShellVarContext current
  StrCpy $Ledger "$LOCALAPPDATA\taizhang"
!macroend

!macro UseScope
  ${If} $Scope == all
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
!macroend

; Leaves with nothing of the program running from INSTDIR, or with a number. A running program cannot be opened for writing.
!macro Closed UN
  Function ${UN}IsFree
    Exch $0
    Push $1
    StrCpy $1 yes
    ${If} ${FileExists} "$0"
      ClearErrors
      FileOpen $1 "$0" a
      ${If} ${Errors}
        StrCpy $1 no
      ${Else}
        FileClose $1
        StrCpy $1 yes
      ${EndIf}
    ${EndIf}
    StrCpy $0 $1
    Pop $1
    Exch $0
  FunctionEnd

  Function ${UN}IsClosed
    Push "$INSTDIR\taizhang.exe"
    Call ${UN}IsFree
    Pop $0
    ${If} $0 == yes
      Push "$INSTDIR\taizhang-cli.exe"
      Call ${UN}IsFree
      Pop $0
    ${EndIf}
  FunctionEnd

  Function ${UN}AskToClose
    Call ${UN}IsClosed
    ${If} $0 == yes
      Return
    ${EndIf}
    MessageBox MB_OKCANCEL|MB_ICONINFORMATION "${NAME}正在运行。点“确定”，由安装程序请它关闭；已经填好的内容都已自动保存。" /SD IDOK IDOK ask
    SetErrorLevel 1
    Quit
    ask:
    ; Ten seconds or so: a program that is writing ends when it has written. Each data folder may have its own window.
    ${For} $2 1 40
      FindWindow $1 "${WINDOW_CLASS}" "${WINDOW_TITLE}"
      ${While} $1 <> 0
        ; The next one first: a window that has closed has none after it.
        FindWindow $3 "${WINDOW_CLASS}" "${WINDOW_TITLE}" 0 $1
        SendMessage $1 ${WM_CLOSE} 0 0 /TIMEOUT=1000
        StrCpy $1 $3
      ${EndWhile}
      Call ${UN}IsClosed
      ${If} $0 == yes
        Return
      ${EndIf}
      Sleep 250
    ${Next}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME}还没有关闭，可能开着对话框，或正在写 U 盘。请等它做完，关掉窗口，再点“重试”。" /SD IDCANCEL IDRETRY ask
    SetErrorLevel 5
    Quit
  FunctionEnd
!macroend
!insertmacro Closed ""
!insertmacro Closed "un."

; Refuses to go on where a hive has a newer version. Both are asked: a ledger is the same whichever program opens it.
!macro RefuseOlderThan HIVE
  ReadRegStr $1 ${HIVE} "${ENTRY}" "DisplayVersion"
  ${If} $1 != ""
    ${VersionCompare} "$1" "${VERSION}" $0
    ${If} $0 = 1
      !insertmacro Refuse 4 "已经装有更新的版本 $1，不能换成旧的 ${VERSION}：旧版本读不懂新版本的台账库。什么都没有改动。"
    ${EndIf}
  ${EndIf}
!macroend

; Reads what is installed in a hive: $Installed, $InstalledAt.
!macro ReadInstalled HIVE
  ReadRegStr $Installed ${HIVE} "${ENTRY}" "DisplayVersion"
  ReadRegStr $InstalledAt ${HIVE} "${ENTRY}" "InstallLocation"
!macroend

Function .onInit
  SetRegView 64
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    !insertmacro Refuse 3 "这台电脑的 Windows 太旧。${NAME}需要 Windows 10 的 1809 版（2018 年 10 月更新）或更新的版本。请先更新 Windows，或换一台电脑安装。"
  ${EndIf}

  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "taizhang-setup") p .r1 ?e'
  Pop $0
  ${If} $0 = 183
    !insertmacro Refuse 1 "安装程序已经打开了。"
  ${EndIf}

  !insertmacro FindLedger
  !insertmacro RefuseOlderThan HKCU
  !insertmacro RefuseOlderThan HKLM
  Call ChooseScope

  ${If} $InstalledAt != ""
    StrCpy $INSTDIR $InstalledAt
    ${If} $Scope == all
      StrCpy $0 "${EVERYBODYS}。"
    ${Else}
      StrCpy $0 $Ledger
    ${EndIf}
    StrCpy $Welcome "这台电脑上的${NAME} $Installed 将升级到 ${VERSION}。$\r$\n$\r$\n台账库（计划、填报、回执、密钥）原样保留：$\r$\n$0$\r$\n$\r$\n如果${NAME}开着，安装程序会请它关闭。"
  ${Else}
    ${If} $INSTDIR == ""
      !insertmacro UseScope
      ${If} $Scope == all
        StrCpy $INSTDIR "$PROGRAMFILES64\Taizhang"
      ${Else}
        StrCpy $INSTDIR "$LOCALAPPDATA\Programs\Taizhang"
      ${EndIf}
    ${EndIf}
    ${If} $Scope == all
      StrCpy $Welcome "将为这台电脑的所有用户安装${NAME} ${VERSION}。"
      StrCpy $0 "${EVERYBODYS}。"
    ${Else}
      StrCpy $Welcome "将为当前用户安装${NAME} ${VERSION}，不需要管理员权限。"
      StrCpy $0 "数据放在这个用户自己的文件夹里：$\r$\n$Ledger"
    ${EndIf}
    StrCpy $Welcome "$Welcome$\r$\n$\r$\n安装和使用都不需要网络。$\r$\n$\r$\n$0"
  ${EndIf}
  StrCpy $Headline "${NAME}装好了"
  StrCpy $Farewell "开始菜单和桌面上有“${NAME}”。双击数据包（.tzb）也会用它打开。"
FunctionEnd

; Decides for whom; leaves what is installed for them in $Installed and $InstalledAt.
Function ChooseScope
  UserInfo::GetAccountType
  Pop $1
  ${GetParameters} $2
  ClearErrors
  ${GetOptions} $2 "/ALLUSERS" $0
  ${IfNot} ${Errors}
    ${If} $1 != "Admin"
      !insertmacro Refuse 7 "为所有用户安装需要管理员权限：请右键点安装程序，选“以管理员身份运行”。"
    ${EndIf}
    StrCpy $Scope all
    !insertmacro ReadInstalled HKLM
    Return
  ${EndIf}

  ; What this user has already is upgraded where it is.
  StrCpy $Scope user
  !insertmacro ReadInstalled HKCU
  ${If} $InstalledAt != ""
    Return
  ${EndIf}
  ClearErrors
  ${GetOptions} $2 "/CURRENTUSER" $0
  ${IfNot} ${Errors}
    Return
  ${EndIf}

  !insertmacro ReadInstalled HKLM
  ${If} $1 == "Admin"
    StrCpy $Scope all
  ${ElseIf} $InstalledAt != ""
    !insertmacro Refuse 6 "管理员已经为这台电脑的所有用户装了${NAME} $Installed。要升级，请右键点安装程序，选“以管理员身份运行”。"
  ${EndIf}
FunctionEnd

Function FreshOnly
  ${If} $InstalledAt != ""
    Abort
  ${EndIf}
FunctionEnd

Function OfferToOpen
  ; What cannot open is not offered.
  ${If} $Outcome = 10
    SendMessage $mui.FinishPage.Run ${BM_SETCHECK} ${BST_UNCHECKED} 0
    ShowWindow $mui.FinishPage.Run ${SW_HIDE}
  ${EndIf}
FunctionEnd

Function Open
  ; Through the shell: a program that an administrator's setup starts would be an administrator's.
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\taizhang.exe"'
FunctionEnd

Section
  Call AskToClose
  !insertmacro UseScope

  SetOutPath "$INSTDIR"
  File "${PROGRAMS}/taizhang.exe"
  File "${PROGRAMS}/taizhang-cli.exe"
  ; Microsoft's own toolchain links it into the program.
  !if /FileExists "${PROGRAMS}/WebView2Loader.dll"
    File "${PROGRAMS}/WebView2Loader.dll"
  !endif
  File "${PROGRAMS}/LICENSES.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  ; Who has thrown the entry on the desktop away does not get it back by an upgrade.
  ${If} $InstalledAt == ""
    CreateShortCut "$DESKTOP\${NAME}.lnk" "$INSTDIR\taizhang.exe"
  ${EndIf}
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\taizhang.exe"

  WriteRegStr SHCTX "Software\Classes\.tzb" "" "${KIND}"
  WriteRegStr SHCTX "Software\Classes\.tzb\OpenWithProgids" "${KIND}" ""
  WriteRegStr SHCTX "Software\Classes\${KIND}" "" "${NAME}数据包"
  WriteRegStr SHCTX "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\taizhang.exe,0"
  WriteRegStr SHCTX "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\taizhang.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteRegStr SHCTX "${ENTRY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${ENTRY}" "DisplayIcon" "$INSTDIR\taizhang.exe,0"
  WriteRegStr SHCTX "${ENTRY}" "Publisher" "${NAME}"
  WriteRegStr SHCTX "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${ENTRY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${ENTRY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD SHCTX "${ENTRY}" "NoModify" 1
  WriteRegDWORD SHCTX "${ENTRY}" "NoRepair" 1

  StrCpy $Outcome 0
  Call BringRuntime
  SetErrorLevel $Outcome
SectionEnd

; Says in $0 which version of the runtime there is; empty where there is none.
Function RuntimeVersion
  ; Microsoft's own setup is a 32-bit program.
  SetRegView 32
  ReadRegStr $0 HKLM "SOFTWARE\${RUNTIME}" "pv"
  SetRegView 64
  ${If} $0 == ""
  ${OrIf} $0 == "0.0.0.0"
    ReadRegStr $0 HKCU "Software\${RUNTIME}" "pv"
  ${EndIf}
  ${If} $0 == "0.0.0.0"
    StrCpy $0 ""
  ${EndIf}
FunctionEnd

; Installs the runtime that draws the window, where it is missing and its setup is at hand.
Function BringRuntime
  Call RuntimeVersion
  ${If} $0 != ""
    Return
  ${EndIf}
  StrCpy $1 "$EXEDIR\${RUNTIME_SETUP}"
  !ifdef WEBVIEW2
    InitPluginsDir
    StrCpy $1 "$PLUGINSDIR\${RUNTIME_SETUP}"
    File "/oname=$1" "${WEBVIEW2}"
  !endif
  ${If} ${FileExists} "$1"
    DetailPrint "正在安装 WebView2 运行时，要几分钟……"
    ExecWait '"$1" /silent /install' $2
    Call RuntimeVersion
    ${If} $0 != ""
      Return
    ${EndIf}
    StrCpy $3 "WebView2 运行时没有装上（返回 $2）。请重新启动电脑后直接运行 ${RUNTIME_SETUP}；装好后${NAME}就能打开。"
  ${Else}
    StrCpy $3 "程序已经装好，但这台电脑没有 Microsoft Edge WebView2 运行时，窗口还打不开。$\r$\n$\r$\n请在能上网的电脑上，从微软网站下载 WebView2 的“常青独立安装程序（x64）”，文件名是：$\r$\n${RUNTIME_SETUP}$\r$\n$\r$\n把它和本安装程序放在 U 盘的同一个文件夹里，再运行一次本安装程序，就会自动装上。"
  ${EndIf}
  StrCpy $Outcome 10
  StrCpy $Headline "程序装好了，还差一样东西"
  StrCpy $Farewell "还差 WebView2 运行时，窗口暂时打不开。请带来这个文件，和本安装程序放在一起，再运行一次：$\r$\n$\r$\n${RUNTIME_SETUP}"
  MessageBox MB_OK|MB_ICONEXCLAMATION "$3" /SD IDOK
FunctionEnd

Function un.onInit
  SetRegView 64
  !insertmacro FindLedger
  StrCpy $Scope user
  StrCpy $Kept "将从下面的文件夹卸载${NAME}。台账库不在这里，会原样保留：$\r$\n$Ledger"
  ReadRegStr $0 HKCU "${ENTRY}" "InstallLocation"
  ${If} $0 != $INSTDIR
    StrCpy $Scope all
    StrCpy $Kept "将为所有用户从下面的文件夹卸载${NAME}。${EVERYBODYS}，全部原样保留。"
    UserInfo::GetAccountType
    Pop $1
    ${If} $1 != "Admin"
      ${If} ${Silent}
        SetErrorLevel 7
      ${Else}
        ; It was installed by an administrator: Windows asks for one.
        ExecShell "runas" "$INSTDIR\uninstall.exe"
      ${EndIf}
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

Section un.Program
  Call un.AskToClose
  !insertmacro UseScope

  Delete "$INSTDIR\taizhang.exe"
  Delete "$INSTDIR\taizhang-cli.exe"
  Delete "$INSTDIR\WebView2Loader.dll"
  Delete "$INSTDIR\LICENSES.txt"
  Delete "$INSTDIR\uninstall.exe"
  ; Only if it is empty: whatever somebody put there is not ours.
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"

  ReadRegStr $0 SHCTX "Software\Classes\.tzb" ""
  ${If} $0 == "${KIND}"
    DeleteRegValue SHCTX "Software\Classes\.tzb" ""
  ${EndIf}
  DeleteRegValue SHCTX "Software\Classes\.tzb\OpenWithProgids" "${KIND}"
  DeleteRegKey /ifempty SHCTX "Software\Classes\.tzb\OpenWithProgids"
  DeleteRegKey /ifempty SHCTX "Software\Classes\.tzb"
  DeleteRegKey SHCTX "Software\Classes\${KIND}"
  DeleteRegKey SHCTX "${ENTRY}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  ; Whoever uninstalls for all need not be whose ledger it is.
  ${If} ${Silent}
  ${OrIf} $Scope == all
  ${OrIfNot} ${FileExists} "$Ledger\*.*"
    Return
  ${EndIf}
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "程序已经卸载。台账库还在，重新安装后可以接着用：$\r$\n$Ledger$\r$\n$\r$\n要不要把台账库也删掉？里面有计划、填报、回执和签名用的密钥。一般应当保留，点“否”。" /SD IDNO IDYES again
  Return
  again:
  MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "再确认一次：删掉以后找不回来，密钥也没有了，以后要重新注册。$\r$\n$\r$\n真的要永久删除 $Ledger 吗？" /SD IDNO IDYES remove
  Return
  remove:
  RMDir /r "$Ledger"
  ${If} ${FileExists} "$Ledger\*.*"
    MessageBox MB_OK|MB_ICONEXCLAMATION "有些文件正被别的程序打开，没有删掉。请关掉它们，再自己删除这个文件夹：$\r$\n$Ledger" /SD IDOK
  ${EndIf}
SectionEnd
