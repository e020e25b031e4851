namespace Nvdimm.Extensions.Engine.Management;

/// <summary>What became of findings that were to be posted.</summary>
public sealed class PostedFindings
{
    internal PostedFindings(int posted, int known, ValueList<OvirtException> failures) => (Posted, Known, Failures) = (posted, known, failures);

    /// <summary>How many were posted.</summary>
    public int Posted { get; }

    /// <summary>How many the engine has from an earlier post of the same day (UTC).</summary>
    public int Known { get; }

    /// <summary>Why the others were not posted.</summary>
    public ValueList<OvirtException> Failures { get; }
}
