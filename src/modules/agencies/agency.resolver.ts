import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { AgencyProfile, AgencySupport } from './agency.entity.js'
import { AgencyProfileCreateInput, AgencyProfileUpdateInput, AgencyStaffReportInput, AgencySupportEndInput, AgencySupportGiveInput } from './agency.input.js'
import { createProfile, endSupport, giveSupport, reportStaff, updateProfile } from './agency.service.js'

const Profiled = payload('AgencyProfilePayload', 'agencyProfile', () => AgencyProfile)
const Supported = payload('AgencySupportPayload', 'agencySupport', () => AgencySupport)

@Resolver()
export class AgencyMutations {
  @Mutation(() => Profiled, { description: 'Enters an agency in the register (登记民办机构).' })
  agencyProfileCreate(@Ctx() ctx: WriteContext, @Arg('input', () => AgencyProfileCreateInput) input: AgencyProfileCreateInput) {
    return mutation(ctx, { name: 'agencyProfileCreate', payload: Profiled }, input, createProfile)
  }

  @Mutation(() => Profiled, { description: 'Changes what the register says of an agency (变更机构登记).' })
  agencyProfileUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => AgencyProfileUpdateInput) input: AgencyProfileUpdateInput) {
    return mutation(ctx, { name: 'agencyProfileUpdate', payload: Profiled }, input, updateProfile)
  }

  @Mutation(() => Profiled, { description: "Reports an agency's own staff as of today (填报专职人员)." })
  agencyStaffReport(@Ctx() ctx: WriteContext, @Arg('input', () => AgencyStaffReportInput) input: AgencyStaffReportInput) {
    return mutation(ctx, { name: 'agencyStaffReport', payload: Profiled }, input, reportStaff)
  }

  @Mutation(() => Supported, { description: 'Enters support that a unit gives an agency (扶持机构).' })
  agencySupportGive(@Ctx() ctx: WriteContext, @Arg('input', () => AgencySupportGiveInput) input: AgencySupportGiveInput) {
    return mutation(ctx, { name: 'agencySupportGive', payload: Supported }, input, giveSupport)
  }

  @Mutation(() => Supported, { description: 'Says when support ends (结束扶持).' })
  agencySupportEnd(@Ctx() ctx: WriteContext, @Arg('input', () => AgencySupportEndInput) input: AgencySupportEndInput) {
    return mutation(ctx, { name: 'agencySupportEnd', payload: Supported }, input, endSupport)
  }
}
