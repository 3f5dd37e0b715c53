/* Presses the button with each given number in whatever dialog has it, in turn, and prints what stood in that dialog. */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

static int button;
static HWND found;

static void print(HWND window) {
    wchar_t wide[2048];
    char text[8192];
    /* GetWindowText does not ask what is typed in another program's field. */
    *wide = 0;
    SendMessageW(window, WM_GETTEXT, 2048, (LPARAM)wide);
    WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, sizeof text, 0, 0);
    if (*text) printf("%s\n", text);
}

static BOOL CALLBACK inside(HWND child, LPARAM unused) {
    (void)unused;
    if (IsWindowVisible(child)) print(child);
    return TRUE;
}

static BOOL CALLBACK look(HWND window, LPARAM unused) {
    (void)unused;
    HWND at = GetDlgItem(window, button);
    if (!IsWindowVisible(window) || !IsWindowEnabled(window) || !at || !IsWindowEnabled(at)) return TRUE;
    found = window;
    return FALSE;
}

int main(int count, char **words) {
    for (int at = 1; at < count; at++) {
        button = atoi(words[at]);
        found = 0;
        for (int tries = 0; tries < 600 && !found; tries++) {
            Sleep(100);
            EnumWindows(look, 0);
        }
        if (!found) return at;
        printf("\f");
        print(found);
        EnumChildWindows(found, inside, 0);
        /* Until it has turned to its next page: otherwise the same page would be pressed again. */
        SendMessageTimeoutW(found, WM_COMMAND, button, (LPARAM)GetDlgItem(found, button), SMTO_NORMAL, 5000, 0);
        Sleep(300);
    }
    return 0;
}
