using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.HotPlug;

/// <summary>Compares the addresses of memory devices with the predicted ones.</summary>
/// <param name="predict">The prediction.</param>
/// <param name="plug">Plugs DIMMs of the case's size, each at an address; null lets QEMU place the DIMM.</param>
internal sealed class HotPlugCheck(
    Func<MemoryHotPlugRequest, MemoryHotPlugPlan> predict, Func<HotPlugCase, ByteSize?[], CancellationToken, Task<HotPlugAnswer>> plug)
{
    public async Task<HotPlugResult> CheckAsync(HotPlugCase plugged, CancellationToken cancellationToken)
    {
        var predicted = predict(plugged.Request);
        var answer = await plug(plugged, [null], cancellationToken).ConfigureAwait(false);
        var mismatches = Nvdimms(plugged, predicted, answer).ToList();
        var seen = Dimm(answer, 0);
        mismatches.AddRange(Compare(HotPlugStep.Automatic, predicted, On(predicted.Automatic, plugged.DimmNode), seen, answer));
        if (predicted.Advised is { } advised)
        {
            var beside = await plug(plugged, [advised.Address, null], cancellationToken).ConfigureAwait(false);
            var next = predict(plugged.Request with { Present = [.. plugged.Request.Present, advised] });
            var usable = UsableOnly(Dimm(beside, 0), predicted.MemoryBlock);
            mismatches.AddRange(Compare(HotPlugStep.Advised, predicted, On(advised, plugged.DimmNode), usable, beside));
            mismatches.AddRange(
                Compare(HotPlugStep.AfterAdvised, next, On(next.Automatic, plugged.DimmNode), Dimm(beside, 1), beside));
        }

        return new HotPlugResult
        {
            Request = plugged.Request,
            Predicted = predicted,
            Seen = seen?.Place,
            Mismatches = mismatches.ToValueList(),
        };
    }

    private static PlacedMemoryDevice? On(GuestMemoryDevice? device, int node) =>
        device is { } place ? new PlacedMemoryDevice(place, node) : null;

    private static PlacedMemoryDevice? Dimm(HotPlugAnswer answer, int index) => index < answer.Dimms.Count ? answer.Dimms[index] : null;

    /// <summary>The device, or null if the guest could not use it, so that bad advice is a mismatch even if QEMU follows it.</summary>
    private static PlacedMemoryDevice? UsableOnly(PlacedMemoryDevice? device, Alignment block) =>
        device is { Place: var place } && place.Address.IsAlignedTo(block) && place.Size.IsAlignedTo(block) ? device : null;

    private static IEnumerable<HotPlugMismatch> Nvdimms(HotPlugCase plugged, MemoryHotPlugPlan predicted, HotPlugAnswer answer)
    {
        // A guest without room for its NVDIMMs does not start, and shows none of them.
        var expected = predicted.Nvdimms.Count < plugged.Request.Nvdimms.Count ? [] : predicted.Nvdimms;
        for (var index = 0; index < Math.Max(expected.Count, answer.Nvdimms.Count); index++)
        {
            var wanted = index < expected.Count ? On(expected[index], plugged.NodeOf(index)) : null;
            var seen = index < answer.Nvdimms.Count ? answer.Nvdimms[index] : (PlacedMemoryDevice?)null;
            if (wanted != seen)
            {
                yield return new HotPlugMismatch
                {
                    Step = HotPlugStep.Nvdimm,
                    Predicted = wanted,
                    Seen = seen,
                    Refusal = answer.Refusal,
                    Command = answer.Command,
                };
            }
        }
    }

    /// <summary>
    /// Compares one device, and returns the mismatch; none if there is none. A predicted refusal must come with the predicted reason.
    /// </summary>
    private static ValueList<HotPlugMismatch> Compare(
        HotPlugStep step, MemoryHotPlugPlan plan, PlacedMemoryDevice? predicted, PlacedMemoryDevice? seen, HotPlugAnswer answer) =>
        predicted != seen || (seen is null && !KnownRefusals.IsPredicted(answer.Refusal, plan.Codes))
            ? [new HotPlugMismatch
            {
                Step = step,
                Predicted = predicted,
                Seen = seen,
                Refusal = answer.Refusal,
                Command = answer.Command,
            }]
            : [];
}

/// <summary>QEMU's answer about NVDIMMs and plugged DIMMs.</summary>
/// <param name="Command">A shell command that reproduces it.</param>
/// <param name="Nvdimms">The NVDIMMs, in the order of the command line.</param>
/// <param name="Dimms">The DIMMs, in the order in which they were plugged; null for a refused one.</param>
/// <param name="Refusal">QEMU's own words if it does not start, or for the first DIMM that it refuses.</param>
internal sealed record HotPlugAnswer(
    string Command, ValueList<PlacedMemoryDevice> Nvdimms, ValueList<PlacedMemoryDevice?> Dimms, string? Refusal);

/// <summary>The result of plugging a DIMM beside NVDIMMs into a guest that runs no instruction.</summary>
public sealed record HotPlugResult
{
    /// <summary>The guest and the DIMM.</summary>
    public required MemoryHotPlugRequest Request { get; init; }

    /// <summary>The predicted places of the devices.</summary>
    public required MemoryHotPlugPlan Predicted { get; init; }

    /// <summary>The place that QEMU chose for the DIMM; null if it refuses.</summary>
    public required GuestMemoryDevice? Seen { get; init; }

    /// <summary>The devices whose places differ from the prediction.</summary>
    public required ValueList<HotPlugMismatch> Mismatches { get; init; }
}

/// <summary>A memory hot plug to probe.</summary>
/// <param name="Request">The guest and the DIMM.</param>
/// <param name="NodeCount">
/// The number of NUMA nodes of the guest. The NVDIMMs take turns on them, beginning with the last node, which also gets the DIMMs.
/// </param>
internal sealed record HotPlugCase(MemoryHotPlugRequest Request, int NodeCount)
{
    public int DimmNode => NodeCount - 1;

    public int NodeOf(int nvdimm) => NodeCount - 1 - (nvdimm % NodeCount);
}

/// <summary>A memory device whose place differs from the prediction.</summary>
public sealed record HotPlugMismatch
{
    /// <summary>The device.</summary>
    public required HotPlugStep Step { get; init => field = EnumArgument.Checked(value, last: HotPlugStep.AfterAdvised); }

    /// <summary>The predicted place; null if a refusal is predicted.</summary>
    public required PlacedMemoryDevice? Predicted { get; init; }

    /// <summary>The actual place; null if QEMU refuses the device.</summary>
    public required PlacedMemoryDevice? Seen { get; init; }

    /// <summary>QEMU's own words; null if it does not refuse.</summary>
    public required string? Refusal { get; init; }

    /// <summary>A shell command that reproduces it.</summary>
    public required string Command { get; init; }
}
