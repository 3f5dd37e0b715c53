/* Does what virus scanners do: looks into every new file of a folder, and while it looks nobody can rename or remove it. */
#include <stdio.h>
#include <windows.h>

static DWORD WINAPI look_into(void *path) {
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, 0, OPEN_EXISTING, 0, 0);
    if (file != INVALID_HANDLE_VALUE) {
        Sleep(150);
        CloseHandle(file);
        printf("looked\n");
        fflush(stdout);
    }
    HeapFree(GetProcessHeap(), 0, path);
    return 0;
}

int wmain(int count, wchar_t **words) {
    static union { BYTE bytes[1 << 16]; FILE_NOTIFY_INFORMATION first; } news;
    DWORD length, share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    if (count != 2) return 1;
    HANDLE folder = CreateFileW(words[1], FILE_LIST_DIRECTORY, share, 0, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, 0);
    if (folder == INVALID_HANDLE_VALUE) return 2;
    printf("watching\n");
    fflush(stdout);
    while (ReadDirectoryChangesW(folder, &news, sizeof news, TRUE, FILE_NOTIFY_CHANGE_FILE_NAME, &length, 0, 0)) {
        for (BYTE *at = news.bytes; length;) {
            FILE_NOTIFY_INFORMATION *one = (FILE_NOTIFY_INFORMATION *)at;
            if (one->Action == FILE_ACTION_ADDED) {
                wchar_t *path = HeapAlloc(GetProcessHeap(), 0, 2048 * sizeof(wchar_t));
                swprintf(path, 2048, L"%ls\\%.*ls", words[1], (int)(one->FileNameLength / sizeof(wchar_t)), one->FileName);
                CloseHandle(CreateThread(0, 0, look_into, path, 0, 0));
            }
            if (!one->NextEntryOffset) break;
            at += one->NextEntryOffset;
        }
    }
    return 3;
}
