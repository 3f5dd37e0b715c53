/* Stands in for Microsoft's offline setup of WebView2: notes how it was asked and says that the runtime is there. */
#include <stdio.h>
#include <windows.h>

int main(int count, char **words) {
    FILE *note = fopen("C:\\runtime-was-asked", "w");
    if (!note) return 1;
    for (int at = 1; at < count; at++) fprintf(note, "%s ", words[at]);
    fclose(note);
    const char *key = "Software\\Microsoft\\EdgeUpdate\\Clients\\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    return (int)RegSetKeyValueA(HKEY_CURRENT_USER, key, "pv", REG_SZ, "120.0.0.0", 10);
}
