/* Stands in for the application's window, which Wine cannot draw: the same class and title. `busy` does not close. */
#include <windows.h>

static int busy;

static LRESULT CALLBACK proceed(HWND window, UINT message, WPARAM w, LPARAM l) {
    if (message == WM_CLOSE && busy) return 0;
    if (message == WM_DESTROY) PostQuitMessage(0);
    return DefWindowProcW(window, message, w, l);
}

int WINAPI WinMain(HINSTANCE program, HINSTANCE before, LPSTR words, int show) {
    (void)before, (void)show;
    busy = lstrcmpA(words, "busy") == 0;
    WNDCLASSW kind = {.lpfnWndProc = proceed, .hInstance = program, .lpszClassName = L"Tauri Window"};
    RegisterClassW(&kind);
    if (!CreateWindowW(L"Tauri Window", L"\u53f0\u8d26", WS_OVERLAPPEDWINDOW, 0, 0, 9, 9, 0, 0, program, 0)) return 1;
    CloseHandle(CreateFileW(L"C:\\window-is-open", GENERIC_WRITE, 0, 0, CREATE_ALWAYS, 0, 0));
    MSG message;
    while (GetMessageW(&message, 0, 0, 0)) DispatchMessageW(&message);
    return 0;
}
