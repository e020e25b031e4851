namespace Nvdimm.Cli.Tests;

/// <summary>Something that happens to a device.</summary>
/// <param name="Kind">What (<see cref="RepairEvents.Kinds"/>).</param>
/// <param name="Number">Which of several things, by its remainder.</param>
internal sealed record RepairEvent(string Kind, int Number)
{
    public override string ToString() => $"{Kind} {Number}";
}
