using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.HotPlug;

/// <summary>Compares the addresses of memory devices with the predicted ones.</summary>
/// <param name="predict">The prediction.</param>
/// <param name="plug">Plugs DIMMs of the case's size, each at an address; null lets QEMU place the DIMM.</param>
internal sealed class HotPlugJudge(
    Func<MemoryHotPlugRequest, MemoryHotPlugPlan> predict, Func<HotPlugCase, ByteSize?[], CancellationToken, Task<HotPlugAnswer>> plug)
{
    public async Task<HotPlugResult> JudgeAsync(HotPlugCase plugged, CancellationToken cancellationToken)
    {
        var predicted = predict(plugged.Request);
        var answer = await plug(plugged, [null], cancellationToken).ConfigureAwait(false);
        var mismatches = Nvdimms(plugged, predicted, answer).ToList();
        var seen = Dimm(answer, 0);
        Compare(mismatches, HotPlugStep.Automatic, predicted, On(predicted.Automatic, plugged.DimmNode), seen, answer);
        if (predicted.Advised is { } advised)
        {
            var beside = await plug(plugged, [advised.Address, null], cancellationToken).ConfigureAwait(false);
            var next = predict(plugged.Request with { Present = [.. plugged.Request.Present, advised] });
            Compare(
                mismatches, HotPlugStep.Advised, predicted, On(advised, plugged.DimmNode),
                UsableOnly(Dimm(beside, 0), predicted.MemoryBlock), beside);
            Compare(mismatches, HotPlugStep.AfterAdvised, next, On(next.Automatic, plugged.DimmNode), Dimm(beside, 1), beside);
        }

        return new HotPlugResult(plugged.Request, predicted, seen?.Place, mismatches.ToValueList());
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
                yield return new HotPlugMismatch(HotPlugStep.Nvdimm, wanted, seen, answer.Refusal, answer.Command);
            }
        }
    }

    /// <summary>Compares one device. A predicted refusal must come with the predicted reason.</summary>
    private static void Compare(
        List<HotPlugMismatch> mismatches,
        HotPlugStep step,
        MemoryHotPlugPlan plan,
        PlacedMemoryDevice? predicted,
        PlacedMemoryDevice? seen,
        HotPlugAnswer answer)
    {
        if (predicted != seen || (seen is null && !KnownRefusals.IsPredicted(answer.Refusal, plan.Codes)))
        {
            mismatches.Add(new HotPlugMismatch(step, predicted, seen, answer.Refusal, answer.Command));
        }
    }
}
