using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>The layout that a device has.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="GuestUuid">The uuid that a POWER guest had; null on other architectures.</param>
/// <param name="From">What it was read from.</param>
public sealed record KeptNvdimmLayout(NvdimmLayout Layout, Guid? GuestUuid, KeptSource From)
{
    /// <summary>What it was read from.</summary>
    public KeptSource From { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(From);
}
