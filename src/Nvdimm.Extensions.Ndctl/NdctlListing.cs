using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>What a listing says.</summary>
/// <param name="Devices">Every namespace that could be read, usable or not, in the order of the listing.</param>
/// <param name="Findings">What is odd about the listing itself; what is odd about one device stands with it.</param>
/// <param name="Shape">What stands at the top.</param>
/// <param name="IsComplete">
/// Whether the listing was read to its end and is one of ndctl. Where it was not, a device that is missing from it may well exist:
/// nothing may be concluded from its absence.
/// </param>
public sealed record NdctlListing(ValueList<NvdimmDevice> Devices, ValueList<Finding> Findings, NdctlListingShape Shape, bool IsComplete)
{
    /// <summary>What stands at the top.</summary>
    public NdctlListingShape Shape { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Shape);

    /// <summary>The findings of the listing and of all its devices.</summary>
    public IEnumerable<Finding> AllFindings => Findings.Concat(Devices.SelectMany(device => device.Findings));
}
