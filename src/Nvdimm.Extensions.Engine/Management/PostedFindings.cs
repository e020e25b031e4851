namespace Nvdimm.Extensions.Engine.Management;

/// <summary>The result of posting findings.</summary>
public sealed class PostedFindings
{
    internal PostedFindings(int posted, int known, ValueList<OvirtException> failures) =>
        (Posted, Known, Failures) = (posted, known, failures);

    /// <summary>The number of findings that were posted.</summary>
    public int Posted { get; }

    /// <summary>The number of findings that the engine already has from an earlier post of the same day (UTC).</summary>
    public int Known { get; }

    /// <summary>The reasons why the others were not posted.</summary>
    public ValueList<OvirtException> Failures { get; }
}
