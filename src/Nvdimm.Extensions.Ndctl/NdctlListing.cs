using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>A parsed listing of ndctl.</summary>
public sealed record NdctlListing
{
    /// <summary>All namespaces that could be read, usable or not, in the order of the listing.</summary>
    public required ValueList<NvdimmDevice> Devices { get; init; }

    /// <summary>The problems of the listing itself; the problems of a device are in the device.</summary>
    public required ValueList<Finding> Findings { get; init; }

    /// <summary>The kind of value at the top.</summary>
    public required NdctlListingShape Shape { get; init => field = EnumArgument.Checked(value, last: NdctlListingShape.SingleObject); }

    /// <summary>Whether the listing was read to its end and comes from ndctl. If not, a device that is missing may exist.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>The findings of the listing and of all its devices.</summary>
    public IEnumerable<Finding> AllFindings => Findings.Concat(Devices.SelectMany(device => device.Findings));

    /// <summary>Returns the parameters. <see cref="AllFindings"/> would repeat what they have.</summary>
    public override string ToString() =>
        $"NdctlListing {{ Devices = {Devices}, Findings = {Findings}, Shape = {Shape}, IsComplete = {IsComplete} }}";
}

/// <summary>The kind of value at the top of a listing.</summary>
public enum NdctlListingShape
{
    /// <summary>Nothing: ndctl prints nothing if there is nothing to list.</summary>
    Empty,

    /// <summary>An array of namespaces, as <c>ndctl list -N</c> prints it. VDSM reads no other shape.</summary>
    Namespaces,

    /// <summary>An array of buses or regions with namespaces inside (<c>-B</c>, <c>-R</c>, <c>-vv</c>).</summary>
    Nested,

    /// <summary>A single object: one entry listed with <c>-u</c>, or <c>{"regions":[…]}</c>.</summary>
    SingleObject,
}
