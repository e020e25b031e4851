// .NET's runtime takes settings from variables DOTNET_* when it starts, before any managed code: some of its garbage collector keep it from ever
// ending. A hook's environment has the custom properties of a VM. So these names are taken out before the runtime looks; the hook needs none of them.
#include <string.h>

extern char **environ;

__attribute__((constructor(101))) static void forget_runtime_settings(void)
{
    char **kept = environ;
    for (char **entry = environ; *entry != NULL; entry++)
    {
        if (strncmp(*entry, "DOTNET_", 7) != 0 && strncmp(*entry, "COMPlus_", 8) != 0)
        {
            *kept++ = *entry;
        }
    }

    *kept = NULL;
}
