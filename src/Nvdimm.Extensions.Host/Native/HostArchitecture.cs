using System.Runtime.InteropServices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>The architecture of this machine.</summary>
internal static class HostArchitecture
{
    /// <summary>The architecture of its guests, supported or not.</summary>
    public static GuestArchitecture OfGuests =>
        GuestFamily.All.FirstOrDefault(family => family.HostArchitecture == RuntimeInformation.OSArchitecture)?.Architectures[^1]
            ?? GuestArchitecture.FromName(RuntimeInformation.OSArchitecture.ToString());
}
