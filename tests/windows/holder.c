/* Keeps a file to itself, as some programs do with what they have open: nobody else may even read it. */
#include <stdio.h>
#include <windows.h>

int wmain(int count, wchar_t **words) {
    if (count != 2) return 1;
    HANDLE file = CreateFileW(words[1], GENERIC_READ | GENERIC_WRITE, 0, 0, OPEN_EXISTING, 0, 0);
    if (file == INVALID_HANDLE_VALUE) return 2;
    printf("holding\n");
    fflush(stdout);
    Sleep(INFINITE);
    return 0;
}
