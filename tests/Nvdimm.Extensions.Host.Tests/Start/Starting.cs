using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>Asks a host about a device and a layout, the shortest way.</summary>
internal static class Starting
{
    /// <summary>The decision about a layout that nothing may replace.</summary>
    public static StartDecision Decide(
        this StartEvidenceReader reader, NvdimmDevice device, DeviceLayout planned, DeviceClaim? own = null, StartPolicy? policy = null) => StartDecision.Decide(
            reader.Read(new StartVm("db", "1"), device, Asked(planned), reader.ReadHost(), own),
            policy ?? new StartPolicy { UnverifiedHypervisor = UnverifiedReaction.Warn });

    /// <summary>What record and device say of a layout.</summary>
    public static LayoutCheckResult Check(this StartEvidenceReader reader, NvdimmDevice device, DeviceLayout planned) => reader.Decide(device, planned).Check!;

    /// <summary>The request for exactly these figures.</summary>
    public static AskedNvdimm Asked(DeviceLayout planned)
    {
        var request = new SizingRequest(planned.Architecture, planned.DeviceSize) { LabelSize = planned.LabelSize, Strategy = planned.Strategy };
        return AskedNvdimm.Of(NvdimmSizer.Keep(request, planned.TargetSize, planned.AlignSize)) with { GuestUuid = planned.GuestUuid };
    }
}
