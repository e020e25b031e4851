using System.Globalization;

namespace Nvdimm.Extensions.Policy;

/// <summary>Warns if the kernel knows bad blocks on the device.</summary>
internal sealed class BadBlocksRule() : NvdimmRule(NvdimmCodes.BadBlocks, Severity.Warning, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        where device.BadBlockCount > 0
        select Violation(("device", device.Name), ("count", device.BadBlockCount.ToString(CultureInfo.InvariantCulture)));
}
