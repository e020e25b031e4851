namespace Nvdimm.Cli.Installation;

/// <summary>The state of one part of the hooks.</summary>
/// <param name="Path">The path on the host, without the root.</param>
/// <param name="State">The state of the part.</param>
/// <param name="Detail">Details of the state, as sentences; empty if there are none.</param>
internal sealed record InstallationPart(string Path, PartState State, string Detail = "");
