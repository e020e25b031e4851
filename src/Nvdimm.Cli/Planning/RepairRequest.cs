using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Labels;

namespace Nvdimm.Cli.Planning;

/// <summary>The options of a repair.</summary>
/// <param name="Folder">The state folder.</param>
/// <param name="IsApplied">Whether to do the repair; otherwise nothing is written.</param>
/// <param name="Named">The labels that the user named, by their hash or its start (<see cref="LabelArea.IsNamed"/>); null for none.</param>
/// <param name="Words">The options that follow-up commands must repeat: those of the plan, and of the state folder.</param>
internal sealed record RepairRequest(string Folder, bool IsApplied, string? Named, ValueList<string> Words)
{
    /// <summary>Only the option for the state folder, for a follow-up command that plans nothing.</summary>
    public required ValueList<string> FolderWords { get; init; }
}
