using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.TestSupport;

/// <summary>State folders for tests.</summary>
internal static class StateFolders
{
    /// <summary>Makes a state folder, as an installation does; nothing else would make it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="host">Whose it is; null for this machine's.</param>
    /// <returns>The folder.</returns>
    public static string Made(string folder, string? host = null)
    {
        StateFolder.Make(folder, host ?? MachineId.Of());
        return folder;
    }
}
