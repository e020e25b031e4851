namespace Nvdimm.Cli.Installation;

/// <summary>One part of the installed hooks.</summary>
/// <param name="Path">Its path on the host, without the root.</param>
/// <param name="State">How it is there.</param>
/// <param name="Detail">What is to know beside that; empty if nothing.</param>
internal sealed record InstallationPart(string Path, PartState State, string Detail = "");
