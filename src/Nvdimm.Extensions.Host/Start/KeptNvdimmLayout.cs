using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>The existing layout of a device.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="GuestUuid">The uuid that a POWER guest had; null on other architectures.</param>
/// <param name="From">The source of the layout.</param>
public sealed record KeptNvdimmLayout(NvdimmLayout Layout, Guid? GuestUuid, KeptSource From)
{
    /// <summary>The source of the layout.</summary>
    public KeptSource From { get; init => field = EnumArgument.Checked(value, last: KeptSource.Labels); } =
        EnumArgument.Checked(From, last: KeptSource.Labels);
}

/// <summary>The source of a kept layout.</summary>
public enum KeptSource
{
    /// <summary>The ledger's record.</summary>
    Record,

    /// <summary>The labels on the device.</summary>
    Labels,
}
