using Nvdimm.Extensions;

namespace Nvdimm.Hook.Start;

/// <summary>
/// The state folder that is not there. The installation makes it, and no hook: where it is missing or hidden, its records are lost, and every device
/// would look like a new one.
/// </summary>
internal static class MissingFolder
{
    /// <summary>An error where the state folder is missing; null where it is there.</summary>
    public static Finding? Of(HookContext context) => context.Configuration.StateFolder is var folder && Directory.Exists(folder)
        ? null
        : Finding.Error(
            NvdimmCodes.HookFailed,
            ("what", $"Reading {folder}"),
            ("reason", $"there is no such folder. If its records were lost, restore them from a backup; if there never were any: 'nvdimm layout adopt --state-folder {folder}'"));
}
