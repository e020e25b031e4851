using System.Reflection;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Tests.Policy;

public sealed class NvdimmPolicyTests
{
    private static readonly string[] EngineOrder =
    [
        EngineCodes.DeviceMustBeSpecified,
        EngineCodes.VmNotFound,
        EngineCodes.VmStatusIllegal,
        EngineCodes.VmNotPinnedToHost,
        EngineCodes.VmPinnedToMultipleHosts,
        EngineCodes.HostDeviceNotFound,
        EngineCodes.NumaUnavailable,
    ];

    [Test]
    public void Rules_OneCodeEach() => Assert.That(NvdimmPolicy.Rules.Select(rule => rule.Code), Is.Unique);

    [Test]
    public void Rules_HaveTextAndOperations()
    {
        foreach (var rule in NvdimmPolicy.Rules)
        {
            Assert.That(FindingTexts.Template(rule.Code), Is.Not.Null.And.Not.Empty, rule.Code);
            Assert.That(rule.Operations, Is.Not.Empty.And.Unique, rule.Code);
        }
    }

    [Test]
    public void Rules_EveryRuleOfTheAssembly()
    {
        var types = typeof(NvdimmRule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(NvdimmRule)));
        Assert.That(NvdimmPolicy.Rules.Select(rule => rule.GetType()), Is.EquivalentTo(types));
    }

    [Test]
    public void Rules_EveryPolicyAndEngineCode()
    {
        var declared = File.ReadLines(Path.Combine(TestFiles.RepositoryRoot, "src", "Nvdimm.Extensions", "NvdimmCodes.Policy.cs"))
            .Where(line => line.Contains(" const ", StringComparison.Ordinal))
            .Select(line => line.Split('"')[1])
            .Concat(Constants(typeof(EngineCodes)));
        Assert.That(declared, Is.SubsetOf(NvdimmPolicy.Rules.Select(rule => rule.Code)));
    }

    [Test]
    public void Rules_EngineOrderFirst()
    {
        var codes = NvdimmPolicy.Rules.Select(rule => rule.Code).ToList();
        Assert.That(codes.Take(EngineOrder.Length), Is.EqualTo(EngineOrder));
        Assert.That(codes.Take(Constants(typeof(EngineCodes)).Count), Is.EquivalentTo(Constants(typeof(EngineCodes))));
    }

    [Test]
    public void Codes_AllHaveATextAndNoTextIsLeftOver() =>
        Assert.That(Constants(typeof(EngineCodes)).Concat(Constants(typeof(NvdimmCodes))), Is.EquivalentTo(FindingTexts.Codes));

    [Test]
    public void Evaluate_AllThatApplyInTheEnginesOrder()
    {
        var vm = PolicySamples.Vm with { Status = VmStatus.WaitForLaunch, PinnedHosts = ["host1", "host2"], NumaNodes = [] };
        var codes = NvdimmPolicy.Check(PolicySamples.Attach with { Vm = vm, Devices = ["namespace7.0"] }).Findings.Select(finding => finding.Code);
        Assert.That(codes, Is.EqualTo([
            EngineCodes.VmStatusIllegal,
            EngineCodes.VmPinnedToMultipleHosts,
            EngineCodes.HostDeviceNotFound,
            EngineCodes.NumaUnavailable,
        ]));
    }

    [Test]
    public void Evaluate_WarningsAllow()
    {
        var result = NvdimmPolicy.Check(PolicySamples.Of(HostDeviceOperation.Snapshot));
        Assert.That(result.IsAllowed, Is.True);
        Assert.That(result.Findings, Is.Not.Empty);
    }

    [Test]
    public void Evaluate_NoRequest() => Assert.That(() => NvdimmPolicy.Check(null!), Throws.ArgumentNullException);

    [Test]
    public void OperationWords_NoSuchOperation() =>
        Assert.That(() => OperationWords.Of((HostDeviceOperation)99), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("No such operation"));

    private static List<string> Constants(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];
}
