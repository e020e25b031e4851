using Nvdimm.Extensions.Serialization;

namespace Nvdimm.Extensions.Sizing;

/// <summary>An architecture as its name.</summary>
internal sealed class GuestArchitectureTypeConverter() : ValueTypeConverter<GuestArchitecture>(architecture => architecture.Name);
