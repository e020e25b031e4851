using Nvdimm.Extensions.Host.HotPlug;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Host.Tests.Conformance;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.HotPlug;

/// <summary>Memory hot plug in the real QEMU, and what is reported where a prediction is wrong.</summary>
public sealed class HotPlugTests
{
    private static readonly GuestArchitecture[] Architectures = [.. GuestFamily.All.Select(family => family.Architectures[0])];

    private const string Fragmented = "could not find position in guest address space for memory device - memory fragmented due to alignments";

    private static readonly GuestMemoryDevice Elsewhere = new(ByteSize.FromGiB(512), ByteSize.FromMiB(128), 9);

    [TestCaseSource(nameof(Architectures))]
    public async Task Judge_EveryCase_LandsWherePredicted(GuestArchitecture architecture)
    {
        TestHypervisor.RequireQemu();
        using var scratch = new TemporaryFolder();
        var probe = new QemuHotPlugProbe(new HypervisorPrograms { ScratchFolder = scratch.Path }, QemuOf(architecture), HypervisorProfile.Newest.Qemu);
        foreach (var plugged in HotPlugCases.Of(architecture))
        {
            var result = await new HotPlugCheck(MemoryHotPlug.Plan, probe.PlugAsync).CheckAsync(plugged, CancellationToken.None);
            Assert.That(result.Mismatches.Select(mismatch => $"{mismatch}"), Is.Empty);
        }

        Assert.That(Directory.EnumerateFileSystemEntries(scratch.Path), Is.Empty);
    }

    /// <summary>The cases have every outcome that a prediction can have.</summary>
    [Test]
    public void Cases_HaveEveryOutcome()
    {
        var plans = Architectures.SelectMany(HotPlugCases.Of).Select(plugged => MemoryHotPlug.Plan(plugged.Request)).ToList();
        Assert.That(plans.SelectMany(plan => plan.Codes).Distinct(), Is.EquivalentTo(new[] { NvdimmCodes.DimmMisaligned, NvdimmCodes.DimmSize, NvdimmCodes.DimmNoRoom }));
        Assert.That(plans.Count(plan => plan.ComesOnline), Is.GreaterThan(5));
        Assert.That(plans, Has.Count.LessThanOrEqualTo(100));
    }

    [Test]
    public async Task Judge_WrongPredictions_AreMismatchesThatTheirCommandsReproduce()
    {
        TestHypervisor.RequireQemu();
        var plugged = HotPlugCases.Of(GuestArchitecture.X86_64)[0];
        var right = MemoryHotPlug.Plan(plugged.Request);
        var probe = new QemuHotPlugProbe(new HypervisorPrograms(), TestHypervisor.QemuX86, HypervisorProfile.Newest.Qemu);
        var wrong = right with
        {
            Nvdimms = [right.Nvdimms[0] with { Slot = 1 }],
            Automatic = Elsewhere,
            Advised = right.Automatic!.Value with { Address = right.Automatic.Value.Address + ByteSize.FromMiB(2) },
        };
        var result = await new HotPlugCheck(_ => wrong, probe.PlugAsync).CheckAsync(plugged, CancellationToken.None);

        Assert.That(result.Seen, Is.EqualTo(right.Automatic));
        Assert.That(
            result.Mismatches.Select(mismatch => mismatch.Step),
            Is.EqualTo(new[] { HotPlugStep.Nvdimm, HotPlugStep.Automatic, HotPlugStep.Advised, HotPlugStep.AfterAdvised }));
        var automatic = result.Mismatches[1];
        Assert.That((automatic.Predicted?.Place, automatic.Seen?.Place, automatic.Refusal), Is.EqualTo((Elsewhere, right.Automatic, (string?)null)));
        Assert.That(result.Mismatches[2].Seen, Is.Null, "QEMU takes that address, the guest would not");

        var (exitCode, output, error) = RealProgram.Run("sh", "-c", automatic.Command);
        Assert.That(exitCode, Is.Zero, error);
        Assert.That(output, Does.Contain($"\"addr\": {right.Automatic.Value.Address.Bytes}"));
    }

    /// <summary>Judgement alone: who is compared with what.</summary>
    [Test]
    public async Task Judge_WhatQemuSays_IsComparedWithNodeAndRefusal()
    {
        var plugged = HotPlugCases.Of(GuestArchitecture.X86_64).First(plug => plug.NodeCount == 2);
        var plan = MemoryHotPlug.Plan(plugged.Request);
        var answer = new HotPlugAnswer("command", Placed(plan.Nvdimms, plugged), [new PlacedMemoryDevice(plan.Automatic!.Value, 1)], null);
        Assert.That(await StepsAsync(plugged, answer), Is.Empty);
        Assert.That(await StepsAsync(plugged, answer with { Nvdimms = [answer.Nvdimms[0] with { Node = 0 }, answer.Nvdimms[1]] }), Is.EqualTo(new[] { HotPlugStep.Nvdimm }));
        Assert.That(await StepsAsync(plugged, answer with { Nvdimms = [answer.Nvdimms[0]] }), Is.EqualTo(new[] { HotPlugStep.Nvdimm }));
        Assert.That(await StepsAsync(plugged, answer with { Nvdimms = [.. answer.Nvdimms, answer.Nvdimms[0]] }), Is.EqualTo(new[] { HotPlugStep.Nvdimm }));
        Assert.That(await StepsAsync(plugged, answer with { Dimms = [new PlacedMemoryDevice(plan.Automatic.Value, 0)] }), Is.EqualTo(new[] { HotPlugStep.Automatic }));
        Assert.That(await StepsAsync(plugged, answer with { Dimms = [null], Refusal = "no" }), Is.EqualTo(new[] { HotPlugStep.Automatic }));
        Assert.That(await StepsAsync(plugged, new HotPlugAnswer("command", [], [], "no")), Is.EqualTo(new[] { HotPlugStep.Nvdimm, HotPlugStep.Nvdimm, HotPlugStep.Automatic }));
    }

    [Test]
    public async Task Judge_PredictedRefusalOfAnNvdimm_QemuThatStartsIsAMismatch()
    {
        var plugged = HotPlugCases.Of(GuestArchitecture.Ppc64).First(plug => MemoryHotPlug.Plan(plug.Request).Nvdimms.Count < plug.Request.Nvdimms.Count);
        var nvdimm = new PlacedMemoryDevice(new GuestMemoryDevice(ByteSize.FromGiB(1), ByteSize.FromMiB(256), 0), 0);
        Assert.That(await StepsAsync(plugged, new HotPlugAnswer("command", [], [], Fragmented)), Is.Empty);
        Assert.That(await StepsAsync(plugged, new HotPlugAnswer("command", [], [], "alignment 0x1 must be a power of two")), Is.EqualTo(new[] { HotPlugStep.Automatic }));
        Assert.That(await StepsAsync(plugged, new HotPlugAnswer("command", [nvdimm], [null], Fragmented)), Is.EqualTo(new[] { HotPlugStep.Nvdimm }));
    }

    [TestCase("exit 1", ProbeFailure.Failed)]
    [TestCase("echo hello", ProbeFailure.Unreadable)]
    [TestCase("echo '{\"return\": [{\"type\": \"nvdimm\", \"data\": {\"size\": 1}}]}'", ProbeFailure.Unreadable)]
    [TestCase("echo '{\"return\": [{\"type\": \"dimm\", \"data\": {\"size\": -1, \"addr\": 0, \"slot\": 0, \"node\": 0}}]}'", ProbeFailure.Unreadable)]
    [TestCase("echo '{\"return\": [{\"type\": \"dimm\", \"data\": {\"size\": 1, \"addr\": 0, \"slot\": 4294967296, \"node\": 0}}]}'", ProbeFailure.Unreadable)]
    [TestCase("echo '{\"return\": []}'", ProbeFailure.Unreadable)]
    [TestCase("echo '{\"return\": [1, {\"type\": {}}, {\"type\": \"virtio-mem\"}, {\"type\": \"dimm\", \"data\": 1}]}'", ProbeFailure.Unreadable)]
    public async Task Plug_BrokenQemu_IsTypedFailure(string body, ProbeFailure expected)
    {
        using var folder = new TemporaryFolder();
        var probe = new QemuHotPlugProbe(new HypervisorPrograms(), TestHypervisor.Script(folder.Path, body), HypervisorProfile.Newest.Qemu);
        var failure = await Assert.ThrowsAsync<ProbeException>(() => probe.PlugAsync(HotPlugCases.Of(GuestArchitecture.X86_64)[0], [null], CancellationToken.None));
        Assert.That(failure!.Failure, Is.EqualTo(expected));
    }

    /// <summary>A QEMU that has no memory at that moment says nothing of where memory lands, whether it starts or not.</summary>
    [TestCase("echo 'cannot set up guest memory: Cannot allocate memory' >&2; exit 1")]
    [TestCase("echo '{\"return\": []} {\"id\": \"dimm0\", \"error\": {\"desc\": \"Cannot allocate memory\"}}'")]
    public async Task Plug_NoMemoryOnTheHost_IsFailed(string body)
    {
        using var folder = new TemporaryFolder();
        var probe = new QemuHotPlugProbe(new HypervisorPrograms(), TestHypervisor.Script(folder.Path, body), HypervisorProfile.Newest.Qemu);
        var failure = await Assert.ThrowsAsync<ProbeException>(() => probe.PlugAsync(HotPlugCases.Of(GuestArchitecture.X86_64)[0], [null], CancellationToken.None));
        Assert.That(failure!.Failure, Is.EqualTo(ProbeFailure.Failed));
        Assert.That(failure.Message, Does.Contain("Cannot allocate memory"));
    }

    private static string QemuOf(GuestArchitecture architecture) => architecture.Family!.QemuProgram;

    private static ValueList<PlacedMemoryDevice> Placed(IEnumerable<GuestMemoryDevice> nvdimms, HotPlugCase plugged) =>
        nvdimms.Select((place, index) => new PlacedMemoryDevice(place, plugged.NodeOf(index))).ToValueList();

    /// <summary>The steps that differ where QEMU's first answer is this one, and whatever else it is asked is as predicted.</summary>
    private static async Task<HotPlugStep[]> StepsAsync(HotPlugCase plugged, HotPlugAnswer answer)
    {
        var check = new HotPlugCheck(
            MemoryHotPlug.Plan,
            (_, addresses, _) =>
            {
                if (addresses is [null])
                {
                    return Task.FromResult(answer);
                }

                var advised = MemoryHotPlug.Plan(plugged.Request).Advised!.Value;
                var next = MemoryHotPlug.Plan(plugged.Request with { Present = [advised] }).Automatic!.Value;
                return Task.FromResult(answer with { Dimms = [new PlacedMemoryDevice(advised, plugged.DimmNode), new PlacedMemoryDevice(next, plugged.DimmNode)] });
            });
        return [.. (await check.CheckAsync(plugged, CancellationToken.None)).Mismatches.Select(mismatch => mismatch.Step)];
    }
}
