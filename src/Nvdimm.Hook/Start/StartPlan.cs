using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Hook.Start;

/// <summary>What a device starts with.</summary>
/// <param name="Element">Its element in the domain; null where there is none.</param>
/// <param name="Verdict">What the host says of it.</param>
internal sealed record StartPlan(NvdimmElement? Element, StartVerdict Verdict);
