using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Labels;

namespace Nvdimm.Cli.Planning;

/// <summary>What a repair is asked for.</summary>
/// <param name="Folder">The state folder.</param>
/// <param name="IsApplied">Whether it is done; otherwise nothing is written.</param>
/// <param name="Named">The labels that were named, by their hash or its start (<see cref="LabelArea.IsNamed"/>); null for none.</param>
/// <param name="Words">The options that the next commands have to repeat: those of the plan, and of the state folder.</param>
internal sealed record RepairRequest(string Folder, bool IsApplied, string? Named, ValueList<string> Words)
{
    /// <summary>The options of the state folder alone, for a command that plans nothing.</summary>
    public required ValueList<string> FolderWords { get; init; }
}
