namespace Nvdimm.Benchmarks;

/// <summary>What a request to the development engine takes.</summary>
/// <param name="What">What is asked.</param>
/// <param name="Few">With few VMs, in milliseconds.</param>
/// <param name="Many">With many VMs, in milliseconds.</param>
/// <param name="Ratio">Many to few; for each VM where the answer has all of them.</param>
/// <param name="IsAll">Whether the answer has all VMs.</param>
internal sealed record EngineRead(string What, double Few, double Many, double Ratio, bool IsAll);
